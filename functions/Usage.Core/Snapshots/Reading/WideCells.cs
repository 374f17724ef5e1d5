using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Shapes;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Snapshots.Reading;

/// <summary>A product with one column a date. A row gives an entry for each of its filled cells.</summary>
internal sealed class WideCells : IProductCells
{
    private readonly int _product;
    private readonly DimensionReader _reader;
    private readonly ValueParser _values;
    private readonly DateCell[] _cells;
    private readonly DateOnly _latest;

    /// <param name="product">Its place in the mapping.</param>
    public WideCells(ImportMapping mapping, int product, FilePlan plan, ValueParser values)
    {
        var mapped = mapping.Products[product];
        _values = values;
        (_product, _reader) = (product, DimensionReader.Of(mapping, mapped, plan, values)[0]);
        _latest = mapping.ArrivalDate == DateOnly.MaxValue ? mapping.ArrivalDate : mapping.ArrivalDate.AddDays(1);
        _cells =
        [
            .. DateHeader.Find(plan.Header, mapped.Wide!.Header).Select(column => new DateCell(
                column.Column, column.Name, column.Date.DayNumber, SnapshotDates.Snap(mapped.Period, column.Date).DayNumber,
                column.Date > _latest)),
        ];
    }

    public void Read(RecordReader record, int ordinal, EntryBuffer entries, RowFindings findings)
    {
        foreach (ref readonly var cell in _cells.AsSpan())
        {
            if (!cell.InFuture) _reader.Read(record, cell.Index, cell.Column, entries, findings);
            else if (_reader.Refuse(record, cell.Index, entries)) findings.Add(InFuture(record, cell), record.Row, cell.Column);
            entries.AddEntry(ordinal, _product, cell.Date, cell.CellDate, record.Row);
        }
    }

    public void Refuse(RecordReader record, int ordinal, EntryBuffer entries)
    {
        if (!_reader.IsTotal) return;
        foreach (ref readonly var cell in _cells.AsSpan())
        {
            _reader.Refuse(record, cell.Index, entries);
            entries.AddEntry(ordinal, _product, cell.Date, cell.CellDate, record.Row);
        }
    }

    public void AddDates(RecordReader record, ISet<int> dates)
    {
        foreach (ref readonly var cell in _cells.AsSpan())
            if (!cell.InFuture && !_values.IsBlank(record.GetCell(cell.Index))) dates.Add(cell.Date);
    }

    private CellProblem InFuture(RecordReader record, DateCell cell) => new(
        IssueCode.DateInFuture, CellText.Shown(record.GetCell(cell.Index)),
        Invariant($"no value there: the column's date is after {_latest:yyyy-MM-dd}, a day after the file arrived"));

    /// <param name="CellDate">Day number of the header's date, <paramref name="Date"/> of the snapshot's.</param>
    private readonly record struct DateCell(int Index, string Column, int CellDate, int Date, bool InFuture);
}
