using System.Text.RegularExpressions;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>
/// Whether a number format shows a date. Formats of a time alone (<c>h:mm</c>, <c>[h]:mm</c>) don't: such cells are times of no day, or
/// durations, and stay the numbers that they are.
/// </summary>
internal static partial class DateFormatCode
{
    /// <summary>
    /// The formats that every workbook has without saying so; some of 27 to 58 are dates in East Asia, and nothing elsewhere.
    /// </summary>
    public static bool IsDate(int builtIn) =>
        builtIn is >= 14 and <= 17 or 22 or (>= 27 and <= 36 and not (32 or 33)) or (>= 50 and <= 58);

    public static bool IsDate(string code)
    {
        if (Elapsed().IsMatch(code)) return false;
        var shown = NotShown().Replace(code, "");
        var section = shown.Split(';')[0].ToLowerInvariant();
        if (section.Contains("general", StringComparison.Ordinal)) return false;
        if (section.AsSpan().ContainsAny('y', 'd')) return true;
        // Beside hours or seconds an m is minutes.
        return section.Contains('m') && !section.AsSpan().ContainsAny('h', 's');
    }

    /// <summary>Hours, minutes or seconds that go on past a day: a duration, beside which an m is minutes.</summary>
    [GeneratedRegex("""\[(h+|m+|s+)\]""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Elapsed();

    /// <summary>Texts in quotes, single characters behind \ _ and *, what stands in brackets (colours, languages, [h]), halves of a day.
    /// </summary>
    [GeneratedRegex("""
        "[^"]*"? | \\. | _. | \*. | \[[^\]]*\]? | AM/PM | A/P
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NotShown();
}
