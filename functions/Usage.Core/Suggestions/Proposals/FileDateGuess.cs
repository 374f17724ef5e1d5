using Usage.Core.Integrations;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>Finds the date in a file's name, for files whose rows have none.</summary>
internal static class FileDateGuess
{
    // The longer first: 2025-03 is found in 2025-03-14 too.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy_MM_dd", "yyyy.MM.dd", "dd.MM.yyyy", "yyyyMMdd", "yyyy-MM", "yyyy_MM", "yyyy.MM", "MMMM-yyyy", "MMMM_yyyy",
        "MMMM yyyy", "MMM-yyyy", "MMM_yyyy", "MMM yyyy", "quarter", "iso-week", "yyyyMM",
    ];

    /// <returns>The format, and what it reads; null: there is no date, or there are several.</returns>
    public static (string Format, string Why)? Find(string name, DateOnly today)
    {
        foreach (var format in Formats)
        {
            if (FileDates.Find(format, new FileOrigin(name, null), today) is ({ } found, null))
                return (format, Invariant($"no column has the date of each row, and the file's name says {found.Date:yyyy-MM-dd}"));
        }

        return null;
    }
}
