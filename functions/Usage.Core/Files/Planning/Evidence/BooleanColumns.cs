using Usage.Core.Files.Reading;
using Usage.Core.Values;
using Usage.Core.Values.Proofs;

namespace Usage.Core.Files.Planning.Evidence;

/// <summary>Collects from the rows that are not broken which words the boolean columns hold that declare none.</summary>
internal sealed class BooleanColumns(IReadOnlyList<ReadColumn> read, WordList tokens)
{
    private readonly (int Column, BooleanProof Proof)[] _booleans =
    [
        .. read.Where(cell => cell.Dimension is { DataType: DataType.Boolean, Boolean: null })
            .DistinctBy(cell => cell.Column)
            .Select(cell => (cell.Column, new BooleanProof(cell.Name))),
    ];

    public void Observe(RecordReader row)
    {
        foreach (var (column, proof) in _booleans) Observe(row, column, proof, tokens);
    }

    public static void Observe(RecordReader row, int column, BooleanProof proof, WordList tokens)
    {
        if (proof.Settled) return;
        var cell = row.GetCell(column);
        if (!proof.IsEvidence(cell) || row.Broken is not null || tokens.Contains(cell)) return;
        proof.Observe(cell, row.Row);
    }

    public IEnumerable<Verdict> Decide() => _booleans.Select(boolean => boolean.Proof.Decide());
}
