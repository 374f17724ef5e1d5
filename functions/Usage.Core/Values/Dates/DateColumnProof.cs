namespace Usage.Core.Values.Dates;

/// <summary>
/// Looks at all cells of one date column and finds out which order of day and month they prove. Keeps counts and the first few rows
/// only. Not thread-safe.
/// </summary>
public sealed class DateColumnProof(FileFormat format)
{
    private readonly bool _declared = format.DateFormats.Count > 0;
    private readonly WordList _nullTokens = new(format.NullTokens);
    private readonly DateOrderEvidence _dayFirst = new();
    private readonly DateOrderEvidence _monthFirst = new();
    private readonly DateOrderEvidence _either = new();

    /// <summary>Also called for rows that match no account, but not for broken ones.</summary>
    public void Observe(ReadOnlySpan<byte> cell, long row)
    {
        if (_declared || StartsWithYear(cell)) return;
        cell = CellText.Trim(cell);
        if (cell.IsEmpty || !NumericDate.TryRead(cell, out var date) || !date.NeedsOrder || _nullTokens.Contains(cell)) return;

        var asDayFirst = date.TryGet(DateOrder.DayFirst, out var one);
        var asMonthFirst = date.TryGet(DateOrder.MonthFirst, out var other);
        if (asDayFirst && asMonthFirst)
        {
            if (one != other) _either.Add(row, cell, one, other);
        }
        else if (asDayFirst) _dayFirst.Add(row, cell, one, one);
        else if (asMonthFirst) _monthFirst.Add(row, cell, other, other);
    }

    public DateOrderVerdict Decide(string column)
    {
        if (_dayFirst.Count > 0 && _monthFirst.Count > 0) return DateOrderFailure.Contradicted(column, _dayFirst, _monthFirst);
        if (_dayFirst.Count > 0) return new DateOrderVerdict { Order = DateOrder.DayFirst };
        if (_monthFirst.Count > 0) return new DateOrderVerdict { Order = DateOrder.MonthFirst };
        return _either.Count > 0 ? DateOrderFailure.Undecided(column, _either) : new DateOrderVerdict { Order = DateOrder.None };
    }

    /// <summary>The usual case, decided quickly: a date with the year first proves nothing.</summary>
    private static bool StartsWithYear(ReadOnlySpan<byte> cell) =>
        cell.Length > 4
            && cell[4] == '-' && char.IsAsciiDigit((char)cell[3]) && char.IsAsciiDigit((char)cell[2]) && char.IsAsciiDigit((char)cell[1]);
}
