namespace Usage.Core.Values.Dates;

/// <summary>A date in digits, a four-digit year at either end, as it is written; a valid time of day after it is dropped.</summary>
internal readonly record struct NumericDate(bool YearFirst, byte Separator, int Year, int First, int Second, bool IsIso)
{
    /// <summary>
    /// The year comes last and the date is not dotted, so that only the column shows which of the two other numbers is the day.
    /// </summary>
    public bool NeedsOrder => !YearFirst && Separator != '.';

    public static bool TryRead(ReadOnlySpan<byte> cell, out NumericDate date)
    {
        date = default;
        var a = Digits(cell, 0);
        if (a is not (1 or 2 or 4) || a >= cell.Length || cell[a] is not ((byte)'/' or (byte)'-' or (byte)'.')) return false;
        var second = a + 1;
        var b = Digits(cell, second);
        var third = second + b + 1;
        if (b is not (1 or 2) || third > cell.Length || cell[third - 1] != cell[a]) return false;
        var c = Digits(cell, third);
        var yearFirst = a == 4;
        if (yearFirst ? c is not (1 or 2) : c != 4) return false;
        if (!TimeOfDay.IsAbsentOrValid(cell[(third + c)..])) return false;

        var (x, y, z) = (Number(cell[..a]), Number(cell.Slice(second, b)), Number(cell.Slice(third, c)));
        date = yearFirst
            ? new NumericDate(true, cell[a], x, y, z, IsIso: cell[a] == '-' && b == 2 && c == 2)
            : new NumericDate(false, cell[a], z, x, y, IsIso: false);
        return true;
    }

    /// <summary>A fast path for most date cells: <c>2024-10-15</c> and nothing else.</summary>
    public static bool TryReadPlainIso(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        date = default;
        if (cell.Length != 10 || cell[4] != '-' || cell[7] != '-') return false;
        if (cell[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9') || Digits(cell, 5) != 2 || Digits(cell, 8) != 2) return false;
        return TryMake(Number(cell[..4]), Number(cell.Slice(5, 2)), Number(cell.Slice(8, 2)), out date);
    }

    /// <summary><c>2024-10</c> and nothing else: the first of that month.</summary>
    public static bool TryReadMonth(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        date = default;
        if (cell.Length != 7 || cell[4] != '-' || Digits(cell, 0) != 4 || Digits(cell, 5) != 2) return false;
        return TryMake(Number(cell[..4]), Number(cell.Slice(5, 2)), 1, out date);
    }

    /// <summary>The date when the order is this; false: there is no such date.</summary>
    /// <param name="order">Counts only where one is needed; without one, only a date that is the same either way is read.</param>
    public bool TryGet(DateOrder order, out DateOnly date)
    {
        if (YearFirst) return TryMake(Year, First, Second, out date);
        if (!NeedsOrder || order == DateOrder.DayFirst) return TryMake(Year, Second, First, out date);
        date = default;
        return (order == DateOrder.MonthFirst || First == Second) && TryMake(Year, First, Second, out date);
    }

    private static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        var exists = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateOnly(year, month, day) : default;
        return exists;
    }

    private static int Digits(ReadOnlySpan<byte> cell, int from)
    {
        var at = from;
        while (at < cell.Length && at - from < 5 && char.IsAsciiDigit((char)cell[at])) at++;
        return at - from;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = number * 10 + digit - '0';
        return number;
    }
}
