using System.Text.Json;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;
using Usage.Core.Values.Proofs;

namespace Usage.Core.Files.Planning;

/// <summary>Collects from the rows that are not broken what the numeric columns prove about the file's decimal separator.</summary>
internal sealed class DecimalColumns(ImportMapping mapping, ColumnMap columns, WordList tokens)
{
    // A column that feeds several dimensions proves nothing twice.
    private readonly (int Column, string Name, NumberReader Numbers)[] _numbers =
    [
        .. mapping.Read(DataType.Numeric)
            .DistinctBy(dimension => (columns.Find(dimension.Column), JsonSerializer.Serialize(dimension.Number, CoreJson.Options)))
            .Select(dimension => (columns.Find(dimension.Column), columns.NameOf(dimension.Column), new NumberReader(dimension.Number))),
    ];

    private readonly DecimalProof _proof = new(mapping.Integration.File.DecimalSeparator?[0]);

    public void Observe(RecordReader row)
    {
        foreach (var (column, name, reader) in _numbers)
        {
            // A number of a workbook is one whatever separator its texts have.
            if (row.IsStored(column)) continue;
            var cell = row.GetCell(column);
            if (!DecimalProof.IsEvidence(cell) || row.Broken is not null || tokens.Contains(cell)) continue;
            _proof.Observe(reader, cell, row.Row, name);
        }
    }

    public Verdict Decide(out char separator) => _proof.Decide(out separator);
}
