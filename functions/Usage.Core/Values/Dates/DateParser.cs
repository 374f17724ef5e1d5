using System.Globalization;
using Usage.Core.Issues;

namespace Usage.Core.Values.Dates;

/// <summary>
/// Reads the cells of one date column: ISO 8601 always, else the formats that the integration lists, else numeric dates in
/// the order that the column proves. A month without a day is a date where the product's period is at least as long. Calendar dates: no
/// time zone moves them. Safe for many threads.
/// </summary>
public sealed class DateParser
{
    private readonly IReadOnlyList<string> formats;
    private readonly WordList nullTokens;
    private readonly DateOrder order;
    private readonly DateOnly latest;
    private readonly string expected;
    private readonly string? periodOfDays;

    /// <param name="arrivalDate">Dates more than a day after it are in the future; the day is for time zones ahead of ours.</param>
    /// <param name="periodOfDays">The word of a period that is shorter than a month, so that <c>2024-10</c> is no date of it; null: it is
    /// one.</param>
    public DateParser(FileFormat format, DateOrder order, DateOnly arrivalDate, string? periodOfDays)
    {
        this.periodOfDays = periodOfDays;
        formats = format.DateFormats;
        nullTokens = new WordList(format.NullTokens);
        this.order = order;
        latest = arrivalDate == DateOnly.MaxValue ? arrivalDate : arrivalDate.AddDays(1);
        expected = Expected();
    }

    /// <param name="problem">Set when the cell is bad or blank: in a date column that is wrong too.</param>
    public CellState Parse(ReadOnlySpan<byte> cell, out DateOnly date, out CellProblem problem)
    {
        date = default;
        problem = default;
        cell = CellText.Trim(cell);
        if (cell.IsEmpty || nullTokens.Contains(cell))
        {
            problem = new(IssueCode.DateMissing, CellText.Shown(cell), expected);
            return CellState.Blank;
        }
        if (!TryRead(cell, out date))
        {
            problem = new(IssueCode.NotADate, CellText.Shown(cell), periodOfDays is not null && NumericDate.TryReadMonth(cell, out _)
                ? $"{expected}: the product is {periodOfDays}, and a month without a day is no date of it"
                : expected);
            return CellState.Bad;
        }
        if (date <= latest) return CellState.Value;
        problem = new(IssueCode.DateInFuture, CellText.Shown(cell),
            string.Create(CultureInfo.InvariantCulture, $"a date up to {latest:yyyy-MM-dd}, a day after the file arrived"));
        return CellState.Bad;
    }

    private bool TryRead(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        if (NumericDate.TryReadPlainIso(cell, out date)) return true;
        if (periodOfDays is null && NumericDate.TryReadMonth(cell, out date)) return true;
        if (NumericDate.TryRead(cell, out var numeric) && (numeric.IsIso || formats.Count == 0)) return numeric.TryGet(order, out date);
        return DeclaredDates.TryRead(cell, formats, out date);
    }

    private string Expected()
    {
        const string iso = "a date such as 2024-10-15";
        if (formats.Count > 0) return $"{iso}, or as {string.Join(" or ", formats.Select(DateWords.Shown))}";
        return order switch
        {
            DateOrder.DayFirst => $"{iso} or 15/10/2024",
            DateOrder.MonthFirst => $"{iso} or 10/15/2024",
            _ => iso,
        };
    }
}
