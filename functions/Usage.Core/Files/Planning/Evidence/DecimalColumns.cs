using System.Text.Json;
using Usage.Core.Files.Reading;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;
using Usage.Core.Values.Proofs;

namespace Usage.Core.Files.Planning.Evidence;

/// <summary>Collects from the rows that are not broken what the numeric columns prove about the file's decimal separator.</summary>
internal sealed class DecimalColumns(IReadOnlyList<ReadColumn> read, char? declared, WordList tokens)
{
    // A column that feeds several dimensions proves nothing twice.
    private readonly (int Column, string Name, NumberReader Numbers)[] _numbers =
    [
        .. read.Where(cell => cell.Dimension.DataType == DataType.Numeric)
            .DistinctBy(cell => (cell.Column, JsonSerializer.Serialize(cell.Dimension.Number, CoreJson.Options)))
            .Select(cell => (cell.Column, cell.Name, new NumberReader(cell.Dimension.Number))),
    ];

    private readonly DecimalProof _proof = new(declared);

    public void Observe(RecordReader row)
    {
        foreach (var (column, name, reader) in _numbers) Observe(row, column, name, reader);
    }

    /// <param name="column">The place of the number's cell.</param>
    public void Observe(RecordReader row, int column, string name, NumberReader reader)
    {
        var cell = row.GetCell(column);
        if (!DecimalProof.IsEvidence(cell) || row.Broken is not null || tokens.Contains(cell)) return;
        _proof.Observe(reader, cell, row.Row, name);
    }

    public Verdict Decide(out char separator) => _proof.Decide(out separator);
}
