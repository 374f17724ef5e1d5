using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Reads cells as values of one dimension.</summary>
/// <param name="dimension">Its place in its product.</param>
/// <param name="stored">Reads what was a number in a workbook.</param>
internal sealed class DimensionReader(
    int dimension, MappedDimension mapped, Aggregate aggregate, ValueParser values, ValueParser stored)
{
    private readonly DataType _type = mapped.DataType;

    /// <summary>Of all of a product's dimensions, in their order.</summary>
    public static DimensionReader[] Of(ImportMapping mapping, MappedProduct product, FilePlan plan, ValueParser values)
    {
        return [.. product.Dimensions.Select((mapped, place) =>
            new DimensionReader(place, mapped, mapping.AggregateOf(mapped), ParserOf(mapped), StoredParserOf(mapped)))];

        ValueParser ParserOf(MappedDimension mapped) => mapped is { Number: null, Boolean: null }
            ? values : new ValueParser(mapping.Integration.File, plan.DecimalSeparator, mapped.Number, mapped.Boolean);

        // The numbers of a workbook have a point.
        ValueParser StoredParserOf(MappedDimension mapped) => plan is not { Typed: true, DecimalSeparator: not '.' }
            ? ParserOf(mapped) : new ValueParser(mapping.Integration.File, '.', mapped.Number, mapped.Boolean);
    }

    /// <summary>Whether the dimension's merged value lacks something when a row is refused.</summary>
    public bool IsTotal { get; } = aggregate.IsTotal();

    /// <param name="index">The cell's place in the row.</param>
    /// <param name="column">The cell's column, for messages.</param>
    public void Read(RecordReader record, int index, string column, EntryBuffer entries, RowFindings findings)
    {
        var cell = record.GetCell(index);
        if (values.IsCleared(cell))
        {
            if (aggregate.KeepsOne()) entries.AddCleared(dimension);
            else Refuse(NotCleared(cell), record, column, entries, findings);
            return;
        }

        if (aggregate == Aggregate.Count)
        {
            if (!values.IsBlank(cell)) entries.AddBoolean(dimension, true);
            return;
        }

        // A text that is short enough in bytes is short enough in characters, and needs no string to become an entry.
        if (_type == DataType.Text && cell.Length <= ValueParser.MaxTextLength)
        {
            if (!values.IsBlank(cell)) entries.AddText(dimension, CellText.Trim(cell));
            return;
        }

        var parser = record.IsStored(index) ? stored : values;
        switch (parser.Parse(_type, cell, out var value, out var problem))
        {
            case CellState.Bad:
                Refuse(problem with { Expected = problem.Expected + record.QuoteHint(index) }, record, column, entries, findings);
                break;
            case CellState.Value when _type == DataType.Numeric:
                entries.AddNumber(dimension, value.Number);
                break;
            case CellState.Value when _type == DataType.Boolean:
                entries.AddBoolean(dimension, value.Boolean);
                break;
            case CellState.Value:
                entries.AddText(dimension, CellText.Trim(cell));
                break;
        }
    }

    /// <summary>The cell is not recorded, whatever is in it: a total lacks it, where it isn't blank.</summary>
    /// <returns>Whether it isn't blank.</returns>
    public bool Refuse(RecordReader record, int index, EntryBuffer entries)
    {
        if (values.IsBlank(record.GetCell(index))) return false;
        if (IsTotal) entries.AddRefused(dimension);
        return true;
    }

    private void Refuse(CellProblem problem, RecordReader record, string column, EntryBuffer entries, RowFindings findings)
    {
        var ofMetric = mapped.Metric is { } metric ? $" (metric \"{CellText.Shown(CellText.Trim(metric))}\")" : "";
        findings.Add(problem with { Expected = problem.Expected + ofMetric }, record.Row, column);
        if (aggregate is Aggregate.Sum or Aggregate.Average) entries.AddRefused(dimension);
    }

    private CellProblem NotCleared(ReadOnlySpan<byte> cell) => new(
        IssueCode.NotANumber, CellText.Shown(cell),
        $"a number: the dimension merges by {CoreJson.Word(aggregate)}, and a clear token takes away only what last or first keeps");
}
