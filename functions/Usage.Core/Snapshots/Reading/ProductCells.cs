using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Issues;
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
    private readonly Cell[] _dimensions;
    private readonly bool _hasTotals;
    private readonly ValueParser _values;
    private int _cellDate;
    private int _date;

    public ProductCells(ImportMapping mapping, int product, FilePlan plan, ColumnMap columns, ValueParser values)
    {
        var mapped = mapping.Products[product];
        (_product, _period, _values) = (product, mapped.Period, values);
        _dimensions =
        [
            .. mapped.Dimensions.Select(dimension => new Cell(
                columns.Find(dimension.Column), dimension.DataType, columns.NameOf(dimension.Column), mapping.AggregateOf(dimension),
                ParserOf(dimension), StoredParserOf(dimension))),
        ];
        _hasTotals = _dimensions.Any(dimension => dimension.Aggregate.IsTotal());
        if (mapped.DateColumn is { } column)
        {
            (_dateColumn, _dateIndex) = (columns.NameOf(column), columns.Find(column));
            _dates = new DateParser(
                mapping.Integration.File, plan.DateOrders.GetValueOrDefault(_dateColumn), mapping.ArrivalDate,
                SnapshotDates.PeriodOfDays(mapped.Period));
        }
        else if (mapping.FileDate is { } file)
        {
            (_cellDate, _date) = (file.Date.DayNumber, SnapshotDates.Snap(mapped.Period, file.Date).DayNumber);
        }
        else
        {
            _date = _cellDate = SnapshotDates.Automatic(mapped.Period, mapping.ArrivalDate).DayNumber;
        }

        ValueParser ParserOf(MappedDimension dimension) => dimension is { Number: null, Boolean: null }
            ? values : new ValueParser(mapping.Integration.File, plan.DecimalSeparator, dimension.Number, dimension.Boolean);

        // The numbers of a workbook have a point.
        ValueParser StoredParserOf(MappedDimension dimension) => plan is not { Typed: true, DecimalSeparator: not '.' }
            ? ParserOf(dimension) : new ValueParser(mapping.Integration.File, '.', dimension.Number, dimension.Boolean);
    }

    /// <summary>
    /// Without a date the row gives nothing to this product, but its other cells are checked too, so that all problems are reported at
    /// once.
    /// </summary>
    public void Read(RecordReader record, int ordinal, EntryBuffer entries, RowFindings findings)
    {
        var dated = _dates is null || ReadDate(record, findings);
        for (var dimension = 0; dimension < _dimensions.Length; dimension++) ReadValue(record, dimension, entries, findings);

        if (dated) entries.AddEntry(ordinal, _product, _date, _cellDate, record.Row);
        else if (_hasTotals) entries.AddUndated(ordinal, _product, record.Row);
        else entries.DropValues();
    }

    /// <summary>The row is refused as a whole: notes which totals lack it.</summary>
    public void Refuse(RecordReader record, int ordinal, EntryBuffer entries)
    {
        if (!_hasTotals) return;
        if (_dates is not null && !TryReadDate(record, out _))
        {
            entries.AddUndated(ordinal, _product, record.Row);
            return;
        }

        for (var dimension = 0; dimension < _dimensions.Length; dimension++)
        {
            var (index, _, _, aggregate, _, _) = _dimensions[dimension];
            if (aggregate.IsTotal() && !_values.IsBlank(record.GetCell(index))) entries.AddRefused(dimension);
        }

        entries.AddEntry(ordinal, _product, _date, _cellDate, record.Row);
    }

    private bool ReadDate(RecordReader record, RowFindings findings)
    {
        if (TryReadDate(record, out var problem)) return true;
        findings.Add(Explained(record, _dateIndex, problem), record.Row, _dateColumn);
        return false;
    }

    private bool TryReadDate(RecordReader record, out CellProblem problem)
    {
        if (_dates!.Parse(record.GetCell(_dateIndex), out var date, out problem) != CellState.Value) return false;
        if (date.DayNumber != _cellDate)
        {
            _cellDate = date.DayNumber;
            _date = SnapshotDates.Snap(_period, date).DayNumber;
        }

        return true;
    }

    private static CellProblem Explained(RecordReader record, int index, CellProblem problem) =>
        problem with { Expected = problem.Expected + record.QuoteHint(index) };

    private void ReadValue(RecordReader record, int dimension, EntryBuffer entries, RowFindings findings)
    {
        var (index, type, _, aggregate, values, stored) = _dimensions[dimension];
        var cell = record.GetCell(index);
        if (values.IsCleared(cell))
        {
            if (aggregate.KeepsOne()) entries.AddCleared(dimension);
            else Refuse(NotCleared(cell, aggregate), record, dimension, entries, findings);
            return;
        }

        if (aggregate == Aggregate.Count)
        {
            if (!values.IsBlank(cell)) entries.AddBoolean(dimension, true);
            return;
        }

        // A text that is short enough in bytes is short enough in characters, and needs no string to become an entry.
        if (type == DataType.Text && cell.Length <= ValueParser.MaxTextLength)
        {
            if (!values.IsBlank(cell)) entries.AddText(dimension, CellText.Trim(cell));
            return;
        }

        var parser = record.IsStored(index) ? stored : values;
        switch (parser.Parse(type, cell, out var value, out var problem))
        {
            case CellState.Bad:
                Refuse(Explained(record, index, problem), record, dimension, entries, findings);
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

    private void Refuse(CellProblem problem, RecordReader record, int dimension, EntryBuffer entries, RowFindings findings)
    {
        findings.Add(problem, record.Row, _dimensions[dimension].Column);
        if (_dimensions[dimension].Aggregate is Aggregate.Sum or Aggregate.Average) entries.AddRefused(dimension);
    }

    private static CellProblem NotCleared(ReadOnlySpan<byte> cell, Aggregate aggregate) => new(
        IssueCode.NotANumber, CellText.Shown(cell),
        $"a number: the dimension merges by {CoreJson.Word(aggregate)}, and a clear token takes away only what last or first keeps");

    /// <param name="Stored">Reads what was a number in a workbook.</param>
    private readonly record struct Cell(
        int Index, DataType Type, string Column, Aggregate Aggregate, ValueParser Values, ValueParser Stored);
}
