using System.Diagnostics.CodeAnalysis;
using NCrontab;

namespace Usage.Core.Outbound;

/// <summary>When a source is due: an NCRONTAB expression with seconds, in a time zone.</summary>
public sealed class PullSchedule
{
    // The longest gap of any schedule: 29 February, around a year such as 2100 that has none.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(366 * 9);

    // Any day will do: it only serves to measure the distance between times.
    private static readonly DateTime Sample = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly CrontabSchedule _crontab;

    private PullSchedule(CrontabSchedule crontab) => _crontab = crontab;

    /// <param name="problem">What was found and what is expected, when it is no schedule.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PullSchedule? schedule, [NotNullWhen(false)] out string? problem)
    {
        (schedule, problem) = (null, null);
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6
            || CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is not { } crontab)
            problem = "expected six crontab fields, seconds first, such as \"0 0 2 * * *\" for 02:00 every night";
        else if (crontab.GetNextOccurrence(Sample, Sample + Horizon) >= Sample + Horizon)
            problem = "expected a schedule that comes round; this one names a day that no calendar has";
        else if (TooClose(crontab))
            problem = "expected at most one time a minute, such as \"0 */15 * * * *\"";
        else
            schedule = new PullSchedule(crontab);
        return schedule is not null;
    }

    /// <summary>
    /// The first time after <paramref name="after"/>. A local time that is skipped when summer time begins is moved by the hour that is
    /// skipped; one that occurs twice counts the first time.
    /// </summary>
    public DateTimeOffset Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        while (true)
        {
            local = _crontab.GetNextOccurrence(local);
            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            var moment = new DateTimeOffset(local, offset);
            if (moment > after) return moment.ToUniversalTime();
        }
    }

    /// <summary>
    /// The latest time after <paramref name="since"/> that isn't later than <paramref name="now"/>; missed times before it are ignored.
    /// </summary>
    /// <returns>Null when it isn't due.</returns>
    public DateTimeOffset? LatestDue(DateTimeOffset since, DateTimeOffset now, TimeZoneInfo zone)
    {
        // Searches the recent past first, so that years of missed minutes are not enumerated.
        foreach (var days in (ReadOnlySpan<int>)[1, 32, 366])
            if (now.AddDays(-days) > since && Latest(now.AddDays(-days), now, zone) is { } near) return near;
        return Latest(since, now, zone);
    }

    private DateTimeOffset? Latest(DateTimeOffset since, DateTimeOffset now, TimeZoneInfo zone)
    {
        DateTimeOffset? latest = null;
        for (var next = Next(since, zone); next <= now; next = Next(next, zone)) latest = next;
        return latest;
    }

    private static bool TooClose(CrontabSchedule crontab)
    {
        var times = crontab.GetNextOccurrences(Sample, Sample + Horizon).Take(61).ToArray();
        return times.Zip(times.Skip(1)).Any(pair => pair.Second - pair.First < TimeSpan.FromMinutes(1));
    }
}
