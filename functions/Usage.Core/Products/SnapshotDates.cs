using static System.FormattableString;

namespace Usage.Core.Products;

/// <summary>The dates that snapshots get. Pure calendar arithmetic; it doesn't go before the first date of the calendar.</summary>
public static class SnapshotDates
{
    /// <summary>The date of a file's rows when no column has one.</summary>
    /// <param name="arrivalDate">When the file arrived, see <see cref="ArrivalDate"/>; never when it is read.</param>
    public static DateOnly Automatic(SnapshotPeriod period, DateOnly arrivalDate)
    {
        if (period == SnapshotPeriod.Single) return arrivalDate;
        var start = Snap(period, arrivalDate);
        return start == DateOnly.MinValue ? start : Snap(period, start.AddDays(-1));
    }

    /// <summary>The first day of the period that holds the date.</summary>
    public static DateOnly Snap(SnapshotPeriod period, DateOnly date) => period switch
    {
        // 0001-01-01 is a Monday, so that day numbers count days of ISO weeks from 0.
        SnapshotPeriod.Weekly => date.AddDays(-(date.DayNumber % 7)),
        SnapshotPeriod.Monthly => new DateOnly(date.Year, date.Month, 1),
        SnapshotPeriod.Quarterly => new DateOnly(date.Year, date.Month - (date.Month - 1) % 3, 1),
        SnapshotPeriod.Yearly => new DateOnly(date.Year, 1, 1),
        _ => date,
    };

    /// <summary>The word of a period that is shorter than a month, so that a month alone is no date of it; else null.</summary>
    public static string? PeriodOfDays(SnapshotPeriod period) =>
        period is SnapshotPeriod.Single or SnapshotPeriod.Daily or SnapshotPeriod.Weekly ? CoreJson.Word(period) : null;

    /// <summary>The local date of a file's arrival.</summary>
    public static DateOnly ArrivalDate(DateTimeOffset arrivedAt, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(arrivedAt, zone).DateTime);

    /// <summary>As in <c>monthly: the first of the month before 2026-11-22 (arrival, UTC)</c>.</summary>
    public static string WhyAutomatic(SnapshotPeriod period, DateOnly arrivalDate, string timeZone)
    {
        var arrival = Invariant($"{arrivalDate:yyyy-MM-dd} (arrival, {timeZone})");
        return period switch
        {
            SnapshotPeriod.Single => $"single: the day itself, {arrival}",
            SnapshotPeriod.Daily => $"daily: the day before {arrival}",
            SnapshotPeriod.Weekly => $"weekly: the Monday of the ISO week before that of {arrival}",
            SnapshotPeriod.Monthly => $"monthly: the first of the month before {arrival}",
            SnapshotPeriod.Quarterly => $"quarterly: the first of the quarter before {arrival}",
            _ => $"yearly: 1 January of the year before {arrival}",
        };
    }

    /// <summary>As in <c>monthly: the first of the month of the date in column "day"</c>.</summary>
    public static string WhyColumn(SnapshotPeriod period, string column) => Why(period, $"the date in column \"{column}\"");

    /// <summary>As in <c>monthly: the first of the month of the date in the header (yyyy-MM)</c>.</summary>
    public static string WhyHeader(SnapshotPeriod period, string format) => Why(period, $"the date in the header ({format})");

    /// <summary>As in <c>monthly: the first of the month of 2024-10-15 (the file's name)</c>.</summary>
    public static string WhyFile(SnapshotPeriod period, DateOnly date, bool given) =>
        Why(period, Invariant($"{date:yyyy-MM-dd} ({(given ? "given with the file" : "the file's name")})"));

    /// <summary>As in <c>monthly: the first of the month of 2024-10-15</c>.</summary>
    public static string WhyDate(SnapshotPeriod period, DateOnly date) => Why(period, Invariant($"{date:yyyy-MM-dd}"));

    private static string Why(SnapshotPeriod period, string date) => period switch
    {
        SnapshotPeriod.Single => $"single: {date} itself",
        SnapshotPeriod.Daily => $"daily: {date} itself",
        SnapshotPeriod.Weekly => $"weekly: the Monday of the ISO week of {date}",
        SnapshotPeriod.Monthly => $"monthly: the first of the month of {date}",
        SnapshotPeriod.Quarterly => $"quarterly: the first of the quarter of {date}",
        _ => $"yearly: 1 January of the year of {date}",
    };
}
