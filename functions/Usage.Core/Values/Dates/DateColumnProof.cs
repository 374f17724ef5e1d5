namespace Usage.Core.Values.Dates;

/// <summary>
/// Looks at all cells of one date column and finds out which order of day and month they prove. Keeps counts and the first few rows
/// only. Not thread-safe.
/// </summary>
public sealed class DateColumnProof(FileFormat format)
{
    private readonly bool declared = format.DateFormats.Count > 0;
    private readonly WordList nullTokens = new(format.NullTokens);
    private readonly DateOrderEvidence dayFirst = new();
    private readonly DateOrderEvidence monthFirst = new();
    private readonly DateOrderEvidence either = new();

    /// <summary>Also called for rows that match no account, but not for broken ones.</summary>
    public void Observe(ReadOnlySpan<byte> cell, long row)
    {
        if (declared || StartsWithYear(cell)) return;
        cell = CellText.Trim(cell);
        if (cell.IsEmpty || !NumericDate.TryRead(cell, out var date) || !date.NeedsOrder || nullTokens.Contains(cell)) return;

        var asDayFirst = date.TryGet(DateOrder.DayFirst, out var one);
        var asMonthFirst = date.TryGet(DateOrder.MonthFirst, out var other);
        if (asDayFirst && asMonthFirst)
        {
            if (one != other) either.Add(row, cell, one, other);
        }
        else if (asDayFirst) dayFirst.Add(row, cell, one, one);
        else if (asMonthFirst) monthFirst.Add(row, cell, other, other);
    }

    public DateOrderVerdict Decide(string column)
    {
        if (dayFirst.Count > 0 && monthFirst.Count > 0) return DateOrderFailure.Contradicted(column, dayFirst, monthFirst);
        if (dayFirst.Count > 0) return new DateOrderVerdict { Order = DateOrder.DayFirst };
        if (monthFirst.Count > 0) return new DateOrderVerdict { Order = DateOrder.MonthFirst };
        return either.Count > 0 ? DateOrderFailure.Undecided(column, either) : new DateOrderVerdict { Order = DateOrder.None };
    }

    /// <summary>The usual case, decided quickly: a date with the year first proves nothing.</summary>
    private static bool StartsWithYear(ReadOnlySpan<byte> cell) =>
        cell.Length > 4
            && cell[4] == '-' && char.IsAsciiDigit((char)cell[3]) && char.IsAsciiDigit((char)cell[2]) && char.IsAsciiDigit((char)cell[1]);
}
