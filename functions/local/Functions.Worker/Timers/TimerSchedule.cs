using System.Globalization;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using NCrontab;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>When a timer is due: by a crontab in a time zone, or every so long.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? crontab;
    private readonly TimeSpan interval;
    private readonly TimeZoneInfo zone;

    private TimerSchedule(string text, CrontabSchedule? crontab, TimeSpan interval, TimeZoneInfo zone) =>
        (Text, this.crontab, this.interval, this.zone) = (text, crontab, interval, zone);

    public string Text { get; }

    /// <summary>What comes round in less than a minute is not worth catching up.</summary>
    public bool IsMonitored(DateTimeOffset now) => Next(Next(now)) - Next(now) >= TimeSpan.FromMinutes(1);

    /// <exception cref="StartupException">It is neither.</exception>
    public static TimerSchedule Parse(string text, TimeZoneInfo zone, string function)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is 5 or 6
            && CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 }) is { } crontab)
        {
            return new TimerSchedule(text, crontab, default, zone);
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
            return new TimerSchedule(text, null, interval, zone);
        throw new StartupException(
            $"Function '{function}': found the schedule \"{text}\", expected six crontab fields such as \"0 0 2 * * *\" (seconds first) or a time span such as \"00:05:00\".");
    }

    /// <summary>
    /// The first time after <paramref name="after"/>. A local time that the clock skips comes as much later; one that it
    /// shows twice counts the first time.
    /// </summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        if (crontab is null) return after + interval;
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        while (true)
        {
            local = crontab.GetNextOccurrence(local);
            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            var moment = new DateTimeOffset(local, offset);
            if (moment > after) return moment.ToUniversalTime();
        }
    }
}
