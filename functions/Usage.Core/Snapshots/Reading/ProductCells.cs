using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;
using Usage.Core.Values.Dates;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Reads one product's date and values from rows into entries.</summary>
internal sealed class ProductCells
{
    private readonly int _product;
    private readonly SnapshotPeriod _period;
    private readonly ValueParser _values;
    private readonly DateParser? _dates;
    private readonly string _dateColumn = "";
    private readonly int _dateIndex;
    private readonly (int Index, DataType Type, string Column)[] _dimensions;
    private int _cellDate;
    private int _date;

    public ProductCells(ImportMapping mapping, int product, FilePlan plan, ColumnMap columns, ValueParser values)
    {
        var mapped = mapping.Products[product];
        (_product, _period, _values) = (product, mapped.Period, values);
        _dimensions = [.. mapped.Dimensions.Select(dimension => (columns.Find(dimension.Column), dimension.DataType, dimension.Column))];
        if (mapped.DateColumn is { } column)
        {
            (_dateColumn, _dateIndex) = (column, columns.Find(column));
            _dates = new DateParser(mapping.Integration.File, plan.DateOrders.GetValueOrDefault(column), mapping.ArrivalDate);
        }
        else
        {
            _date = _cellDate = SnapshotDates.Automatic(mapped.Period, mapping.ArrivalDate).DayNumber;
        }
    }

    /// <summary>
    /// Without a date the row gives nothing to this product, but its other cells are checked too, so that all problems are reported at
    /// once.
    /// </summary>
    public void Read(RecordReader record, int ordinal, EntryBuffer entries, RowFindings findings)
    {
        var dated = _dates is null || ReadDate(record, findings);
        for (var dimension = 0; dimension < _dimensions.Length; dimension++)
        {
            var (index, type, column) = _dimensions[dimension];
            ReadValue(record, record.GetCell(index), dimension, type, column, entries, findings);
        }

        if (dated) entries.AddEntry(ordinal, _product, _date, _cellDate, record.Row);
        else entries.DropValues();
    }

    private bool ReadDate(RecordReader record, RowFindings findings)
    {
        if (_dates!.Parse(record.GetCell(_dateIndex), out var date, out var problem) != CellState.Value)
        {
            findings.Add(problem, record.Row, _dateColumn);
            return false;
        }

        if (date.DayNumber != _cellDate)
        {
            _cellDate = date.DayNumber;
            _date = SnapshotDates.Snap(_period, date).DayNumber;
        }

        return true;
    }

    private void ReadValue(RecordReader record, ReadOnlySpan<byte> cell, int dimension, DataType type, string column, EntryBuffer entries,
        RowFindings findings)
    {
        // A text that is short enough in bytes is short enough in characters, and needs no string to become an entry.
        if (type == DataType.Text && cell.Length <= ValueParser.MaxTextLength)
        {
            if (!_values.IsBlank(cell)) entries.AddText(dimension, CellText.Trim(cell));
            return;
        }

        switch (_values.Parse(type, cell, out var value, out var problem))
        {
            case CellState.Bad:
                findings.Add(problem, record.Row, column);
                break;
            case CellState.Value when type == DataType.Numeric:
                entries.AddNumber(dimension, value.Number);
                break;
            case CellState.Value when type == DataType.Boolean:
                entries.AddBoolean(dimension, value.Boolean);
                break;
            case CellState.Value:
                entries.AddText(dimension, CellText.Trim(cell));
                break;
        }
    }
}
