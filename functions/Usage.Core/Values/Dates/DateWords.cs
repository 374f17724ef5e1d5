using System.Globalization;
using static System.FormattableString;

namespace Usage.Core.Values.Dates;

/// <summary>The forms of dates that no .NET format can describe, each by a word that stands among an integration's formats.</summary>
internal static class DateWords
{
    public const string Unix = "unix";
    public const string UnixMs = "unix-ms";
    public const string Excel = "excel";
    public const string Quarter = "quarter";
    public const string IsoWeek = "iso-week";

    private const long DayMs = 24L * 60 * 60 * 1000;

    /// <summary>Spreadsheets know a 29 February 1900, which was none; from 1 March on their days count from here.</summary>
    private static readonly DateOnly ExcelStart = new(1899, 12, 30);

    private static readonly DateOnly UnixStart = new(1970, 1, 1);

    public static bool Contains(string format) => format is Unix or UnixMs or Excel or Quarter or IsoWeek;

    /// <summary>A format for messages: a word with an example.</summary>
    public static string Shown(string format) => format switch
    {
        Unix => "unix seconds (1728993600)",
        UnixMs => "unix milliseconds (1728993600000)",
        Excel => "a serial day of Excel (45580)",
        Quarter => "a quarter (2024Q3, Q3 2024, 2024-Q3)",
        IsoWeek => "an ISO week (2024-W07)",
        _ => format,
    };

    /// <summary>A date in the form of a word, as it would stand in a cell.</summary>
    public static string Write(string word, DateOnly date) => word switch
    {
        Unix => Invariant($"{(date.DayNumber - UnixStart.DayNumber) * DayMs / 1000}"),
        UnixMs => Invariant($"{(date.DayNumber - UnixStart.DayNumber) * DayMs}"),
        Excel => Invariant($"{date.DayNumber - ExcelStart.DayNumber}"),
        Quarter => Invariant($"{date.Year:D4}Q{(date.Month + 2) / 3}"),
        _ => Invariant($"{ISOWeek.GetYear(date.ToDateTime(default)):D4}-W{ISOWeek.GetWeekOfYear(date.ToDateTime(default)):D2}"),
    };

    /// <summary>The first day of a quarter or week; of a moment its day in UTC, of a serial day with a fraction the day.</summary>
    public static bool TryRead(string word, ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        return word switch
        {
            Unix => TryReadMoment(text, 1000, out date),
            UnixMs => TryReadMoment(text, 1, out date),
            Excel => TryReadSerial(text, out date),
            Quarter => TryReadQuarter(text, out date),
            _ => TryReadWeek(text, out date),
        };
    }

    private static bool TryReadMoment(ReadOnlySpan<char> text, long unitMs, out DateOnly date)
    {
        date = default;
        if (!TryReadWhole(text, out var units) || units is > long.MaxValue / 1000 or < long.MinValue / 1000) return false;
        return TryAdd(UnixStart, FloorDivide(units * unitMs, DayMs), out date);
    }

    private static bool TryReadSerial(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        // 60 is the day that never was; the days before it are off by one.
        return TryReadWhole(text, out var days) && days is >= 1 and not 60 && TryAdd(ExcelStart, days < 60 ? days + 1 : days, out date);
    }

    private static bool TryReadQuarter(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        var (year, quarter) = text.Length switch
        {
            6 when IsQ(text[4]) => (..4, text[5]),
            7 when text[4] == '-' && IsQ(text[5]) => (..4, text[6]),
            7 when text[2] == ' ' && IsQ(text[0]) => (3.., text[1]),
            _ => (.., default(char)),
        };
        if (quarter is < '1' or > '4' || !TryReadYear(text[year], out var number)) return false;
        date = new DateOnly(number, ((quarter - '1') * 3) + 1, 1);
        return true;
    }

    private static bool TryReadWeek(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        if (text.Length != 8 || text[4] != '-' || text[5] is not ('W' or 'w') || !TryReadYear(text[..4], out var year)) return false;
        if (!char.IsAsciiDigit(text[6]) || !char.IsAsciiDigit(text[7])) return false;
        var week = ((text[6] - '0') * 10) + text[7] - '0';
        if (week < 1 || week > ISOWeek.GetWeeksInYear(year)) return false;
        date = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return true;
    }

    private static bool IsQ(char c) => c is 'Q' or 'q';

    private static bool TryReadYear(ReadOnlySpan<char> text, out int year)
    {
        year = 0;
        return !text.ContainsAnyExceptInRange('0', '9') && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year)
            && year >= 1;
    }

    /// <summary>The whole part of a number, rounded down; exports of times write fractions too.</summary>
    private static bool TryReadWhole(ReadOnlySpan<char> text, out long whole)
    {
        whole = 0;
        var negative = text.StartsWith('-');
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.');
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (point >= 0 && (fraction.IsEmpty || fraction.ContainsAnyExceptInRange('0', '9'))) return false;
        if (!long.TryParse(point < 0 ? digits : digits[..point], NumberStyles.None, CultureInfo.InvariantCulture, out whole)) return false;
        if (negative) whole = -whole - (fraction.ContainsAnyExcept('0') ? 1 : 0);
        return true;
    }

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);

    private static bool TryAdd(DateOnly start, long days, out DateOnly date)
    {
        var exists = days >= -start.DayNumber && days <= DateOnly.MaxValue.DayNumber - start.DayNumber;
        date = exists ? start.AddDays((int)days) : default;
        return exists;
    }
}
