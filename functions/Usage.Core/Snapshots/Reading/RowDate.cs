using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Dates;

namespace Usage.Core.Snapshots.Reading;

/// <summary>The date of a product's rows: from a column, or the same for all of them.</summary>
internal sealed class RowDate
{
    private readonly SnapshotPeriod _period;
    private readonly DateParser? _dates;
    private readonly string _column = "";
    private readonly int _index;

    public RowDate(ImportMapping mapping, MappedProduct product, FilePlan plan, ColumnMap columns)
    {
        _period = product.Period;
        if (product.DateColumn is { } column)
        {
            (_column, _index) = (columns.NameOf(column), columns.Find(column));
            _dates = new DateParser(
                mapping.Integration.File, plan.DateOrders.GetValueOrDefault(_column), mapping.ArrivalDate,
                SnapshotDates.PeriodOfDays(product.Period));
        }
        else if (mapping.FileDate is { } file)
        {
            (CellDate, Date) = (file.Date.DayNumber, SnapshotDates.Snap(product.Period, file.Date).DayNumber);
        }
        else
        {
            Date = CellDate = SnapshotDates.Automatic(product.Period, mapping.ArrivalDate).DayNumber;
        }
    }

    /// <summary>Day number of the snapshot's date, of the row that was read last.</summary>
    public int Date { get; private set; }

    /// <summary>Day number of the row's own date.</summary>
    public int CellDate { get; private set; }

    /// <returns>False: the row has none, which is among the findings.</returns>
    public bool Read(RecordReader record, RowFindings findings)
    {
        if (_dates is null || TryRead(record, out var problem)) return true;
        findings.Add(problem with { Expected = problem.Expected + record.QuoteHint(_index) }, record.Row, _column);
        return false;
    }

    public bool TryRead(RecordReader record) => _dates is null || TryRead(record, out _);

    private bool TryRead(RecordReader record, out CellProblem problem)
    {
        if (_dates!.Parse(record.GetCell(_index), out var date, out problem) != CellState.Value) return false;
        if (date.DayNumber != CellDate) (CellDate, Date) = (date.DayNumber, SnapshotDates.Snap(_period, date).DayNumber);
        return true;
    }
}
