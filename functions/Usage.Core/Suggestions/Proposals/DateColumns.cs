using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Reasons;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>Which column says when the usage was, and what its dates say of the period.</summary>
internal static class DateColumns
{
    private const int MostDays = 31;

    /// <param name="today">Dates beyond it are no usage yet.</param>
    /// <param name="repeated">Keys stand in several rows, so that something must tell these apart.</param>
    /// <returns>Null: none does; the dates of such a file come from its arrival.</returns>
    public static ColumnProfile? Choose(IReadOnlyList<ColumnProfile> columns, DateOnly today, bool repeated) =>
        columns.Where(column => !IsYearOfParts(column, columns))
            .Where(column => column.Type == ColumnType.Date && column.Dates.Any(one => one.Days.All(day => day <= today.AddDays(1))))
            .Where(column => column.Words.DateRank >= 2 || (repeated && column.Words.DateRank == 1))
            .OrderByDescending(column => column.Words.DateRank).ThenBy(column => column.Blank > 0).ThenBy(column => column.Place)
            .FirstOrDefault();

    /// <summary>A year whose month or quarter stands in another column.</summary>
    private static bool IsYearOfParts(ColumnProfile column, IReadOnlyList<ColumnProfile> columns) =>
        column.Dates is [{ Form.Format: "yyyy" }, ..] && columns.Any(other => other != column && IsUnread(other));

    private static bool IsUnread(ColumnProfile column) =>
        column.Words.SaysPeriod && column.Clash is null && column.Type is not (ColumnType.Date or ColumnType.Blank);

    /// <summary>Whoever has a column of months expects its months to be recorded.</summary>
    public static void WarnOfUnread(IReadOnlyList<ColumnProfile> columns, Notes notes)
    {
        foreach (var column in columns.Where(IsUnread))
        {
            var year = columns.FirstOrDefault(other => IsYearOfParts(other, columns));
            var elsewhere = year is null ? "" : $", of which the year stands in \"{CellText.Shown(year.Name)}\"";
            notes.Warn("date-unread", $"\"{CellText.Shown(column.Name)}\" is called as a date, and its cells "
                + $"(\"{column.Samples.First()}\") aren't whole dates{elsewhere}"
                + ": all rows would be of the date of the file. Have the file written with one column of dates, as 2026-01 or 2026-01-31");
        }
    }

    /// <param name="format">Of the date in the file's name, which all its rows have.</param>
    public static (SnapshotPeriod Period, string Why) PeriodOfFile(string format) =>
        format.Contains('d') ? Period(null) : Of(format, [], "the dates in the names of such files");

    public static (SnapshotPeriod Period, string Why) Period(ColumnProfile? column) =>
        column is { Dates: [var reading, ..] }
            ? Of(reading.Form.Format, [.. reading.Days.Order()], $"the dates in \"{column.Name}\"")
            : (SnapshotPeriod.Monthly, "monthly, since no dates tell of another period");

    /// <param name="days">In their order.</param>
    /// <param name="what">What the dates are, as the subject of a sentence.</param>
    public static (SnapshotPeriod Period, string Why) Of(string format, IReadOnlyList<DateOnly> days, string what)
    {
        if (format == "quarter") return (SnapshotPeriod.Quarterly, $"quarterly, since {what} are quarters");
        if (format == "iso-week") return (SnapshotPeriod.Weekly, $"weekly, since {what} are weeks");
        if (format == "yyyy") return (SnapshotPeriod.Yearly, $"yearly, since {what} are years");
        if (!format.Contains('d') && format.Contains('M')) return (SnapshotPeriod.Monthly, $"monthly, since {what} are months");
        var gaps = days.Zip(days.Skip(1), (one, next) => next.DayNumber - one.DayNumber).ToList();
        if (gaps.Count > 0 && gaps.TrueForAll(gap => gap % 7 == 0))
            return (SnapshotPeriod.Weekly, $"weekly, since {what} are weeks apart");
        if (days.All(day => day.Day == 1) || days.All(day => day.AddDays(1).Day == 1))
        {
            if (gaps.Count > 0 && gaps.TrueForAll(gap => gap > 360))
                return (SnapshotPeriod.Yearly, $"yearly, since {what} are years apart");
            return gaps.Count > 0 && gaps.TrueForAll(gap => gap > 85)
                ? (SnapshotPeriod.Quarterly, $"quarterly, since {what} are quarters apart")
                : (SnapshotPeriod.Monthly, $"monthly, since {what} are the first or the last of a month");
        }

        // Several days in a row: something is measured every day.
        if (gaps.Count >= 2 && gaps.Count(gap => gap == 1) * 10 >= gaps.Count * 6 && days.Count <= MostDays * 12)
            return (SnapshotPeriod.Daily, Invariant($"daily, since {what} follow each other day by day ({days.Count} days)"));
        return (SnapshotPeriod.Monthly, $"monthly, since {what} tell no other period");
    }
}
