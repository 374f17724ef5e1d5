using System.Globalization;
using Usage.Core.Products;

namespace Usage.Core.Tests.Products;

public sealed class SnapshotDatesTests
{
    public static TheoryData<SnapshotPeriod> Periods => [.. Enum.GetValues<SnapshotPeriod>()];

    [Theory]
    [InlineData(SnapshotPeriod.Single, "2026-11-22", "2026-11-22")]
    [InlineData(SnapshotPeriod.Daily, "2026-11-22", "2026-11-21")]
    [InlineData(SnapshotPeriod.Daily, "2024-03-01", "2024-02-29")]
    [InlineData(SnapshotPeriod.Daily, "2026-01-01", "2025-12-31")]
    [InlineData(SnapshotPeriod.Weekly, "2026-11-22", "2026-11-09")] // a Sunday: its week began on the 16th
    [InlineData(SnapshotPeriod.Weekly, "2026-11-23", "2026-11-16")] // a Monday
    [InlineData(SnapshotPeriod.Weekly, "2026-01-01", "2025-12-22")]
    [InlineData(SnapshotPeriod.Monthly, "2026-11-22", "2026-10-01")]
    [InlineData(SnapshotPeriod.Monthly, "2026-01-31", "2025-12-01")]
    [InlineData(SnapshotPeriod.Quarterly, "2026-11-22", "2026-07-01")]
    [InlineData(SnapshotPeriod.Quarterly, "2026-02-01", "2025-10-01")]
    [InlineData(SnapshotPeriod.Yearly, "2026-11-22", "2025-01-01")]
    [InlineData(SnapshotPeriod.Yearly, "2026-01-01", "2025-01-01")]
    public void Automatic_date_is_the_start_of_the_period_before_the_arrival(SnapshotPeriod period, string arrival, string expected) =>
        Assert.Equal(Date(expected), SnapshotDates.Automatic(period, Date(arrival)));

    [Theory]
    [InlineData(SnapshotPeriod.Single, "2024-10-15", "2024-10-15")]
    [InlineData(SnapshotPeriod.Daily, "2024-10-15", "2024-10-15")]
    [InlineData(SnapshotPeriod.Weekly, "2024-10-13", "2024-10-07")]
    [InlineData(SnapshotPeriod.Weekly, "2024-10-14", "2024-10-14")]
    [InlineData(SnapshotPeriod.Weekly, "2021-01-03", "2020-12-28")]
    [InlineData(SnapshotPeriod.Monthly, "2024-10-15", "2024-10-01")]
    [InlineData(SnapshotPeriod.Monthly, "2024-10-31", "2024-10-01")]
    [InlineData(SnapshotPeriod.Quarterly, "2024-12-31", "2024-10-01")]
    [InlineData(SnapshotPeriod.Quarterly, "2024-01-01", "2024-01-01")]
    [InlineData(SnapshotPeriod.Yearly, "2024-12-31", "2024-01-01")]
    public void Date_of_a_column_becomes_the_start_of_its_own_period(SnapshotPeriod period, string date, string expected) =>
        Assert.Equal(Date(expected), SnapshotDates.Snap(period, Date(date)));

    [Fact]
    public void Weeks_are_those_of_ISO_8601_on_every_day_of_thirty_years()
    {
        for (var day = new DateOnly(2000, 1, 1); day.Year < 2030; day = day.AddDays(1))
        {
            var time = day.ToDateTime(default);
            var monday = ISOWeek.ToDateTime(ISOWeek.GetYear(time), ISOWeek.GetWeekOfYear(time), DayOfWeek.Monday);
            Assert.Equal(DateOnly.FromDateTime(monday), SnapshotDates.Snap(SnapshotPeriod.Weekly, day));
        }
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public void First_and_last_days_of_the_calendar_have_dates_too(SnapshotPeriod period)
    {
        Assert.Equal(DateOnly.MinValue, SnapshotDates.Automatic(period, DateOnly.MinValue));
        Assert.Equal(DateOnly.MinValue, SnapshotDates.Snap(period, DateOnly.MinValue));
        Assert.True(SnapshotDates.Snap(period, DateOnly.MaxValue) <= DateOnly.MaxValue);
    }

    [Fact]
    public void First_year_has_a_date_though_none_is_before_it() =>
        Assert.Equal(DateOnly.MinValue, SnapshotDates.Automatic(SnapshotPeriod.Yearly, new DateOnly(1, 12, 31)));

    [Theory]
    [InlineData("UTC", "2026-11-22T23:30:00Z", "2026-11-22")]
    [InlineData("Europe/Berlin", "2026-11-22T22:59:59Z", "2026-11-22")]
    [InlineData("Europe/Berlin", "2026-11-22T23:00:00Z", "2026-11-23")]
    [InlineData("Europe/Berlin", "2026-07-22T22:00:00Z", "2026-07-23")] // summer time: two hours ahead
    [InlineData("Europe/Berlin", "2026-10-25T00:59:59Z", "2026-10-25")] // the hour that comes twice
    [InlineData("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29")] // the night that loses an hour
    [InlineData("Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("America/New_York", "2027-01-01T04:59:59Z", "2026-12-31")]
    [InlineData("Pacific/Kiritimati", "2026-11-22T10:00:00Z", "2026-11-23")]
    [InlineData("UTC", "2026-11-22T23:30:00-05:00", "2026-11-23")]
    public void Arrival_is_the_day_in_the_configured_time_zone(string zone, string arrivedAt, string expected) =>
        Assert.Equal(Date(expected),
            SnapshotDates.ArrivalDate(
                DateTimeOffset.Parse(arrivedAt, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/New_York")]
    public void Arrival_at_the_ends_of_time_is_no_exception(string zone)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Assert.Equal(DateOnly.MinValue, SnapshotDates.ArrivalDate(DateTimeOffset.MinValue, there));
        Assert.Equal(DateOnly.MaxValue, SnapshotDates.ArrivalDate(DateTimeOffset.MaxValue, there));
    }

    [Theory]
    [InlineData(SnapshotPeriod.Single, "single: the day itself, 2026-11-22 (arrival, UTC)")]
    [InlineData(SnapshotPeriod.Daily, "daily: the day before 2026-11-22 (arrival, UTC)")]
    [InlineData(SnapshotPeriod.Weekly, "weekly: the Monday of the ISO week before that of 2026-11-22 (arrival, UTC)")]
    [InlineData(SnapshotPeriod.Monthly, "monthly: the first of the month before 2026-11-22 (arrival, UTC)")]
    [InlineData(SnapshotPeriod.Quarterly, "quarterly: the first of the quarter before 2026-11-22 (arrival, UTC)")]
    [InlineData(SnapshotPeriod.Yearly, "yearly: 1 January of the year before 2026-11-22 (arrival, UTC)")]
    public void Automatic_date_is_explained_in_a_sentence(SnapshotPeriod period, string why) =>
        Assert.Equal(why, SnapshotDates.WhyAutomatic(period, new DateOnly(2026, 11, 22), "UTC"));

    [Theory]
    [InlineData(SnapshotPeriod.Single, "single: the date in column \"day\" itself", "single: 2024-10-15 itself")]
    [InlineData(SnapshotPeriod.Daily, "daily: the date in column \"day\" itself", "daily: 2024-10-15 itself")]
    [InlineData(SnapshotPeriod.Weekly, "weekly: the Monday of the ISO week of the date in column \"day\"",
        "weekly: the Monday of the ISO week of 2024-10-15")]
    [InlineData(SnapshotPeriod.Monthly, "monthly: the first of the month of the date in column \"day\"",
        "monthly: the first of the month of 2024-10-15")]
    [InlineData(SnapshotPeriod.Quarterly, "quarterly: the first of the quarter of the date in column \"day\"",
        "quarterly: the first of the quarter of 2024-10-15")]
    [InlineData(SnapshotPeriod.Yearly, "yearly: 1 January of the year of the date in column \"day\"",
        "yearly: 1 January of the year of 2024-10-15")]
    public void Date_of_a_column_is_explained_in_a_sentence(SnapshotPeriod period, string ofColumn, string ofDate)
    {
        Assert.Equal(ofColumn, SnapshotDates.WhyColumn(period, "day"));
        Assert.Equal(ofDate, SnapshotDates.WhyDate(period, new DateOnly(2024, 10, 15)));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
