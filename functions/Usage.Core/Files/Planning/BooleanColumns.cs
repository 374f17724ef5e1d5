using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Values;
using Usage.Core.Values.Proofs;

namespace Usage.Core.Files.Planning;

/// <summary>Collects from the rows that are not broken which words the boolean columns hold that declare none.</summary>
internal sealed class BooleanColumns(ImportMapping mapping, ColumnMap columns, WordList tokens)
{
    private readonly (int Column, BooleanProof Proof)[] _booleans =
    [
        .. mapping.Read(DataType.Boolean)
            .Where(dimension => dimension.Boolean is null)
            .DistinctBy(dimension => columns.Find(dimension.Column!))
            .Select(dimension => (columns.Find(dimension.Column!), new BooleanProof(columns.NameOf(dimension.Column!)))),
    ];

    public void Observe(RecordReader row)
    {
        foreach (var (column, proof) in _booleans)
        {
            if (proof.Settled) continue;
            var cell = row.GetCell(column);
            if (!proof.IsEvidence(cell) || row.Broken is not null || tokens.Contains(cell)) continue;
            proof.Observe(cell, row.Row);
        }
    }

    public IEnumerable<Verdict> Decide() => _booleans.Select(boolean => boolean.Proof.Decide());
}
