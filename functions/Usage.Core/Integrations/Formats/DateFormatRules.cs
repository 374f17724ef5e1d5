using System.Globalization;
using Usage.Core.Problems;
using Usage.Core.Values.Dates;

namespace Usage.Core.Integrations.Formats;

/// <summary>
/// Date formats are tested, not parsed: a format is accepted when dates that are written in it can be read back, and when it
/// doesn't read ISO dates as other dates. Words need no test.
/// </summary>
internal static class DateFormatRules
{
    public const int MaxFormats = 20;
    public const int MaxLength = 64;

    private static readonly DateOnly Iso = new(2024, 3, 4);

    public static void Check(ProblemList problems, string path, IReadOnlyList<string> formats)
    {
        problems.AtMost(path, formats.Count, MaxFormats, "formats");
        for (var i = 0; i < Math.Min(formats.Count, MaxFormats); i++)
        {
            var at = $"{path}[{i}]";
            var format = formats[i];
            if (!problems.Text(at, format, MaxLength)) continue;
            if (Wrong(format) is { } why) problems.Wrong(ProblemCode.Invalid, at, $"found \"{format}\", expected {why}");
            else if (formats.Take(i).OfType<string>().FirstOrDefault(other => Wrong(other) is null && Overlap(other, format)) is { } first)
                problems.Warn(ProblemCode.DateFormatsOverlap, at,
                    $"found \"{format}\", which reads some dates otherwise than \"{first}\"; "
                    + "the first of the list that fits a cell counts");
        }
    }

    /// <summary>Any number in a name would be a date by the other words.</summary>
    public static void CheckInName(ProblemList problems, string path, string format)
    {
        if (!problems.Text(path, format, MaxLength) || format is DateWords.Quarter or DateWords.IsoWeek) return;
        var why = DateWords.Contains(format) ? "a .NET custom date format such as yyyy-MM, quarter or iso-week" : Wrong(format);
        if (why is not null) problems.Wrong(ProblemCode.Invalid, path, $"found \"{format}\", expected {why}");
    }

    private static string? Wrong(string format)
    {
        if (DateWords.Contains(format)) return null;
        if (format.Length == 1) return "a custom format such as dd/MM/yyyy, not a standard one";
        // Both dates of a pair are the same day of the week, so that they only differ in the part that is tested.
        if (Write(new(2021, 5, 17), format) is not { } text) return "a .NET custom date format such as dd/MM/yyyy";
        if (text == Write(new(2027, 5, 17), format)) return "a format with a year, such as dd/MM/yyyy";
        var hasMonth = Write(new(2021, 2, 1), format) != Write(new(2021, 3, 1), format);
        var hasDay = Write(new(2021, 5, 3), format) != Write(new(2021, 5, 10), format);
        if (hasDay && !hasMonth) return "a format with a month as well as a day, such as dd/MM/yyyy";
        var date = new DateOnly(2021, hasMonth ? 5 : 1, hasDay ? 17 : 1);
        if (Write(date, format) is not { } own || Read(own, format) != date)
            return "a format that reads back what it writes, such as dd/MM/yyyy";
        if (Read("2024-03-04", format) is { } read && read != Iso)
            return "a format that doesn't read 2024-03-04 as another date than ISO 8601 does";
        return null;
    }

    /// <summary>
    /// Whether the first format reads a date that is written in the second as another date; tested with days of one digit and two.
    /// </summary>
    private static bool Overlap(string first, string second) => new[] { Iso, new DateOnly(2024, 11, 12) }.Any(date =>
        Write(date, second) is { } text && Read(text, second) is { } meant && Read(text, first) is { } taken && taken != meant);

    private static string? Write(DateOnly date, string format)
    {
        if (DateWords.Contains(format)) return DateWords.Write(format, date);
        try
        {
            return new DateTimeOffset(date, new TimeOnly(9, 8, 7), TimeSpan.Zero).ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static DateOnly? Read(string text, string format) => DeclaredDates.TryRead(text, [format], out var date) ? date : null;
}
