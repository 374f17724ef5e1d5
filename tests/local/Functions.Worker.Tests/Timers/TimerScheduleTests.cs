using System.Globalization;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Local.Timers;

namespace Functions.Worker.Tests.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 0 2 * * *", "UTC", "2026-03-01T02:00:00Z", "2026-03-02T02:00:00Z")]
    [InlineData("*/5 * * * * *", "UTC", "2026-03-01T02:00:01Z", "2026-03-01T02:00:05Z")]
    [InlineData("30 2 * * *", "UTC", "2026-03-01T02:00:00Z", "2026-03-01T02:30:00Z")]
    [InlineData("00:05:00", "UTC", "2026-03-01T02:00:01Z", "2026-03-01T02:05:01Z")]
    [InlineData("0 0 2 * * *", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z")]
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void Next_time_is_by_the_clock_of_the_zone(string schedule, string zone, string after, string next) => Assert.Equal(
        DateTimeOffset.Parse(next, CultureInfo.InvariantCulture),
        TimerSchedule.Parse(schedule, TimeZoneInfo.FindSystemTimeZoneById(zone), "F").Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("0 0 25 * * *")]
    [InlineData("sometimes")]
    [InlineData("00:00:00")]
    [InlineData("* * *")]
    public void What_is_no_schedule_is_refused(string schedule)
    {
        var error = Assert.Throws<StartupException>(() => TimerSchedule.Parse(schedule, TimeZoneInfo.Utc, "F"));
        Assert.StartsWith($"Function 'F': found the schedule \"{schedule}\", expected six crontab fields", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/30 * * * * *", false)]
    [InlineData("00:00:59", false)]
    [InlineData("0 * * * * *", true)]
    [InlineData("0 0 2 * * *", true)]
    public void Only_what_comes_a_minute_apart_or_more_is_caught_up(string schedule, bool monitored) =>
        Assert.Equal(monitored, TimerSchedule.Parse(schedule, TimeZoneInfo.Utc, "F").IsMonitored(DateTimeOffset.UnixEpoch));
}
