using System.Globalization;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>The number that a date is in a workbook: days since a start, and the time as a part of a day.</summary>
internal static class SerialDate
{
    private const long DayMs = 24L * 60 * 60 * 1000;

    private static readonly DateTime Start = new(1899, 12, 30);

    private static readonly DateTime MacStart = new(1904, 1, 1);

    /// <param name="from1904">Days count from 1904, as they once did on the Mac.</param>
    /// <returns>ISO 8601, with the time where there is one; null: no day has the number, and it stays one.</returns>
    public static string? ToIso(double days, bool from1904)
    {
        // The last is 31 December 9999.
        if (!(days >= (from1904 ? 0 : 1)) || days >= (from1904 ? 2_957_004 : 2_958_466)) return null;
        // A time that comes out of a formula is off by less than a millisecond.
        var ms = (long)Math.Round(days * DayMs);
        var (day, time) = Math.DivRem(ms, DayMs);
        if (!from1904 && day == 60) return Written("1900-02-29", time);
        // 29 February 1900 counts as a day, which it wasn't.
        var start = from1904 ? MacStart : day < 60 ? Start.AddDays(1) : Start;
        if (day > (DateTime.MaxValue - start).Days) return null;
        return Written(start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), time);
    }

    private static string Written(string date, long time)
    {
        if (time == 0) return date;
        var form = time % 1000 == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.fff";
        return $"{date}T{TimeSpan.FromMilliseconds(time).ToString(form, CultureInfo.InvariantCulture)}";
    }
}
