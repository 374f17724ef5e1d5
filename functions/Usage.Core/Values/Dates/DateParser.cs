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
    private readonly IReadOnlyList<string> _formats;
    private readonly WordList _nullTokens;
    private readonly DateOrder _order;
    private readonly DateOnly _latest;
    private readonly string _expected;
    private readonly string? _periodOfDays;

    /// <param name="arrivalDate">Dates more than a day after it are in the future; the day is for time zones ahead of ours.</param>
    /// <param name="periodOfDays">The word of a period that is shorter than a month, so that <c>2024-10</c> is no date of it; null: it is
    /// one.</param>
    public DateParser(FileFormat format, DateOrder order, DateOnly arrivalDate, string? periodOfDays)
    {
        _periodOfDays = periodOfDays;
        _formats = format.DateFormats;
        _nullTokens = new WordList(format.NullTokens);
        _order = order;
        _latest = arrivalDate == DateOnly.MaxValue ? arrivalDate : arrivalDate.AddDays(1);
        _expected = Expected();
    }

    /// <param name="problem">Set when the cell is bad or blank: in a date column that is wrong too.</param>
    public CellState Parse(ReadOnlySpan<byte> cell, out DateOnly date, out CellProblem problem)
    {
        date = default;
        problem = default;
        cell = CellText.Trim(cell);
        if (cell.IsEmpty || _nullTokens.Contains(cell))
        {
            problem = new(IssueCode.DateMissing, CellText.Shown(cell), _expected);
            return CellState.Blank;
        }
        if (!TryRead(cell, out date))
        {
            problem = new(IssueCode.NotADate, CellText.Shown(cell), _periodOfDays is not null && NumericDate.TryReadMonth(cell, out _)
                ? $"{_expected}: the product is {_periodOfDays}, and a month without a day is no date of it"
                : _expected);
            return CellState.Bad;
        }
        if (date <= _latest) return CellState.Value;
        problem = new(IssueCode.DateInFuture, CellText.Shown(cell),
            string.Create(CultureInfo.InvariantCulture, $"a date up to {_latest:yyyy-MM-dd}, a day after the file arrived"));
        return CellState.Bad;
    }

    private bool TryRead(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        if (NumericDate.TryReadPlainIso(cell, out date)) return true;
        if (_periodOfDays is null && NumericDate.TryReadMonth(cell, out date)) return true;
        if (NumericDate.TryRead(cell, out var numeric) && (numeric.IsIso || _formats.Count == 0)) return numeric.TryGet(_order, out date);
        return DeclaredDates.TryRead(cell, _formats, out date);
    }

    private string Expected()
    {
        const string Iso = "a date such as 2024-10-15";
        if (_formats.Count > 0) return $"{Iso}, or as {string.Join(" or ", _formats.Select(DateWords.Shown))}";
        return _order switch
        {
            DateOrder.DayFirst => $"{Iso} or 15/10/2024",
            DateOrder.MonthFirst => $"{Iso} or 10/15/2024",
            _ => Iso,
        };
    }
}
