using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Reading;

/// <summary>A product with one column a dimension.</summary>
internal sealed class ColumnCells : IProductCells
{
    private readonly int _product;
    private readonly RowDate _date;
    private readonly Cell[] _cells;
    private readonly bool _hasTotals;

    /// <param name="product">Its place in the mapping.</param>
    public ColumnCells(ImportMapping mapping, int product, FilePlan plan, ColumnMap columns, ValueParser values)
    {
        var mapped = mapping.Products[product];
        (_product, _date) = (product, new RowDate(mapping, mapped, plan, columns));
        _cells =
        [
            .. mapped.Dimensions.Zip(DimensionReader.Of(mapping, mapped, plan, values), (dimension, reader) =>
                new Cell(columns.Find(dimension.Column!), columns.NameOf(dimension.Column!), reader)),
        ];
        _hasTotals = _cells.Any(cell => cell.Reader.IsTotal);
    }

    /// <summary>
    /// Without a date the row gives nothing to this product, but its other cells are checked too, so that all problems are reported at
    /// once.
    /// </summary>
    public void Read(RecordReader record, int ordinal, EntryBuffer entries, RowFindings findings)
    {
        var dated = _date.Read(record, findings);
        foreach (ref readonly var cell in _cells.AsSpan()) cell.Reader.Read(record, cell.Index, cell.Column, entries, findings);

        if (dated) entries.AddEntry(ordinal, _product, _date.Date, _date.CellDate, record.Row);
        else if (_hasTotals) entries.AddUndated(ordinal, _product, record.Row);
        else entries.DropValues();
    }

    public void Refuse(RecordReader record, int ordinal, EntryBuffer entries)
    {
        if (!_hasTotals) return;
        if (!_date.TryRead(record))
        {
            entries.AddUndated(ordinal, _product, record.Row);
            return;
        }

        foreach (ref readonly var cell in _cells.AsSpan()) cell.Reader.Refuse(record, cell.Index, entries);
        entries.AddEntry(ordinal, _product, _date.Date, _date.CellDate, record.Row);
    }

    public void AddDates(RecordReader record, ISet<int> dates)
    {
        if (_date.TryRead(record)) dates.Add(_date.Date);
    }

    private readonly record struct Cell(int Index, string Column, DimensionReader Reader);
}
