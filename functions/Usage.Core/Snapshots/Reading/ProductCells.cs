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
    private readonly DateParser? _dates;
    private readonly string _dateColumn = "";
    private readonly int _dateIndex;
    private readonly (int Index, DataType Type, string Column, ValueParser Values)[] _dimensions;
    private int _cellDate;
    private int _date;

    public ProductCells(ImportMapping mapping, int product, FilePlan plan, ColumnMap columns, ValueParser values)
    {
        var mapped = mapping.Products[product];
        (_product, _period) = (product, mapped.Period);
        _dimensions =
        [
            .. mapped.Dimensions.Select(dimension =>
                (columns.Find(dimension.Column), dimension.DataType, columns.NameOf(dimension.Column), ParserOf(dimension))),
        ];
        if (mapped.DateColumn is { } column)
        {
            (_dateColumn, _dateIndex) = (columns.NameOf(column), columns.Find(column));
            _dates = new DateParser(mapping.Integration.File, plan.DateOrders.GetValueOrDefault(_dateColumn), mapping.ArrivalDate);
        }
        else
        {
            _date = _cellDate = SnapshotDates.Automatic(mapped.Period, mapping.ArrivalDate).DayNumber;
        }

        ValueParser ParserOf(MappedDimension dimension) => dimension is { Number: null, Boolean: null }
            ? values : new ValueParser(mapping.Integration.File, plan.DecimalSeparator, dimension.Number, dimension.Boolean);
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
            ReadValue(record, dimension, entries, findings);
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

    private void ReadValue(RecordReader record, int dimension, EntryBuffer entries, RowFindings findings)
    {
        var (index, type, column, values) = _dimensions[dimension];
        var cell = record.GetCell(index);
        // A text that is short enough in bytes is short enough in characters, and needs no string to become an entry.
        if (type == DataType.Text && cell.Length <= ValueParser.MaxTextLength)
        {
            if (!values.IsBlank(cell)) entries.AddText(dimension, CellText.Trim(cell));
            return;
        }

        switch (values.Parse(type, cell, out var value, out var problem))
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
