using Usage.Core.Outbound;

namespace Usage.Core.Tests.Outbound;

public sealed class PullScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Nightly_means_the_night_of_the_configured_zone()
    {
        var nightly = Schedule("0 0 2 * * *");

        Assert.Equal(At("2026-11-23T02:00:00Z"), nightly.Next(At("2026-11-22T10:00:00Z"), TimeZoneInfo.Utc));
        Assert.Equal(At("2026-11-23T01:00:00Z"), nightly.Next(At("2026-11-22T10:00:00Z"), Berlin));
    }

    [Fact]
    public void Time_that_the_clock_skips_comes_once_as_much_later()
    {
        // On 29 March 2026 Berlin goes from 02:00 to 03:00.
        var nightly = Schedule("0 30 2 * * *");

        var skipped = nightly.Next(At("2026-03-28T12:00:00Z"), Berlin);

        Assert.Equal(At("2026-03-29T01:30:00Z"), skipped);
        Assert.Equal(At("2026-03-30T00:30:00Z"), nightly.Next(skipped, Berlin));
    }

    [Fact]
    public void Time_that_the_clock_shows_twice_comes_once()
    {
        // On 25 October 2026 Berlin goes from 03:00 back to 02:00.
        var nightly = Schedule("0 30 2 * * *");

        var twice = nightly.Next(At("2026-10-24T12:00:00Z"), Berlin);

        Assert.Equal(At("2026-10-25T00:30:00Z"), twice);
        Assert.Equal(At("2026-10-26T01:30:00Z"), nightly.Next(twice, Berlin));
    }

    [Fact]
    public void Missed_nights_are_owed_once_as_the_latest_of_them()
    {
        var nightly = Schedule("0 0 2 * * *");

        Assert.Equal(At("2026-11-22T02:00:00Z"),
            nightly.LatestDue(At("2026-11-01T02:00:00Z"), At("2026-11-22T09:00:00Z"), TimeZoneInfo.Utc));
        Assert.Null(nightly.LatestDue(At("2026-11-22T02:00:00Z"), At("2026-11-22T09:00:00Z"), TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("0 * * * * *", "2020-01-01T00:00:00Z", "2026-11-22T09:00:00Z")]
    [InlineData("0 0 0 1 1 *", "2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2020-03-01T00:00:00Z", "2024-02-29T00:00:00Z")]
    public void After_years_the_latest_time_is_found(string schedule, string since, string due) =>
        Assert.Equal(At(due), Schedule(schedule).LatestDue(At(since), At("2026-11-22T09:00:30Z"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("0 2 * * *", "expected six crontab fields, seconds first, such as \"0 0 2 * * *\" for 02:00 every night")]
    [InlineData("every night", "expected six crontab fields, seconds first, such as \"0 0 2 * * *\" for 02:00 every night")]
    [InlineData("0 0 25 * * *", "expected six crontab fields, seconds first, such as \"0 0 2 * * *\" for 02:00 every night")]
    [InlineData("0 0 2 31 2 *", "expected a schedule that comes round; this one names a day that no calendar has")]
    [InlineData("*/30 * * * * *", "expected at most one time a minute, such as \"0 */15 * * * *\"")]
    [InlineData("0,59 0 2 * * *", "expected at most one time a minute, such as \"0 */15 * * * *\"")]
    public void What_is_no_schedule_says_what_is_expected(string text, string expected)
    {
        Assert.False(PullSchedule.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    private static PullSchedule Schedule(string text)
    {
        Assert.True(PullSchedule.TryParse(text, out var schedule, out var problem), problem);
        return schedule;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
