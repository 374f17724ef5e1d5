using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Shapes;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Reading;

/// <summary>A product of which each row has one metric. Rows with metrics that it doesn't map aren't read, not even their dates.</summary>
internal sealed class LongCells : IProductCells
{
    private const int MaxNamed = 5;

    private readonly int _product;
    private readonly RowDate _date;
    private readonly (int Index, string Column) _metric;
    private readonly (int Index, string Column) _value;
    private readonly MetricNames<DimensionReader[]> _own;
    private readonly MetricNames<object> _all;
    private readonly bool _rejects;
    private readonly bool _hasTotals;

    /// <param name="product">Its place in the mapping.</param>
    public LongCells(ImportMapping mapping, int product, FilePlan plan, ColumnMap columns, ValueParser values)
    {
        var mapped = mapping.Products[product];
        var shape = mapped.Long!;
        (_product, _date) = (product, new RowDate(mapping, mapped, plan, columns));
        _metric = (columns.Find(shape.MetricColumn), columns.NameOf(shape.MetricColumn));
        _value = (columns.Find(shape.ValueColumn), columns.NameOf(shape.ValueColumn));
        var readers = mapped.Dimensions.Zip(DimensionReader.Of(mapping, mapped, plan, values)).ToDictionary();
        _own = new(mapped.Dimensions, dimensions => [.. dimensions.Select(dimension => readers[dimension])]);
        // What another product takes from the same column is not unknown.
        _all = new(mapping.Products.Where(other => other.Long is { } found && columns.Find(found.MetricColumn) == _metric.Index)
            .SelectMany(other => other.Dimensions), dimensions => dimensions);
        _rejects = shape.UnknownMetrics == UnknownMetrics.Reject;
        _hasTotals = readers.Values.Any(reader => reader.IsTotal);
    }

    public void Read(RecordReader record, int ordinal, EntryBuffer entries, RowFindings findings)
    {
        var metric = record.GetCell(_metric.Index);
        if (_own.Find(metric) is not { } readers)
        {
            if (_rejects && _all.Find(metric) is null) findings.Add(Unknown(record, metric), record.Row, _metric.Column);
            return;
        }

        var dated = _date.Read(record, findings);
        foreach (var reader in readers) reader.Read(record, _value.Index, _value.Column, entries, findings);

        if (dated) entries.AddEntry(ordinal, _product, _date.Date, _date.CellDate, record.Row);
        else if (_hasTotals) entries.AddUndated(ordinal, _product, record.Row);
        else entries.DropValues();
    }

    public void Refuse(RecordReader record, int ordinal, EntryBuffer entries)
    {
        if (!_hasTotals || _own.Find(record.GetCell(_metric.Index)) is not { } readers) return;
        if (!_date.TryRead(record))
        {
            entries.AddUndated(ordinal, _product, record.Row);
            return;
        }

        foreach (var reader in readers) reader.Refuse(record, _value.Index, entries);
        entries.AddEntry(ordinal, _product, _date.Date, _date.CellDate, record.Row);
    }

    public void AddDates(RecordReader record, ISet<int> dates)
    {
        if (_own.Find(record.GetCell(_metric.Index)) is not null && _date.TryRead(record)) dates.Add(_date.Date);
    }

    private CellProblem Unknown(RecordReader record, ReadOnlySpan<byte> metric)
    {
        var names = string.Join(", ", _all.Names.Take(MaxNamed).Select(name => $"\"{CellText.Shown(name)}\""));
        var more = _all.Names.Count > MaxNamed ? ", …" : "";
        return new CellProblem(IssueCode.UnknownMetric, CellText.Shown(metric),
            $"a metric that a dimension names ({names}{more}){record.QuoteHint(_metric.Index)}");
    }
}
