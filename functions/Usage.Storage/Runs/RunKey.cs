using System.Globalization;
using Usage.Core.Ids;

namespace Usage.Storage.Runs;

/// <summary>
/// Where a run stands in the table: day and time of its id, subtracted from nines, so that the table's own order is
/// newest first and a get by id is a point read.
/// </summary>
internal readonly record struct RunKey(string Partition, string Row)
{
    private const int Days = 99_999_999;
    private const int Times = 999_999;

    public static RunKey Of(RunId id)
    {
        var day = int.Parse(id.Value.AsSpan(0, 8), CultureInfo.InvariantCulture);
        var time = int.Parse(id.Value.AsSpan(9, 6), CultureInfo.InvariantCulture);
        return new RunKey((Days - day).ToString("D8", CultureInfo.InvariantCulture), $"{Times - time:D6}{id.Value[15..]}");
    }

    /// <summary>What the rows of a second's runs begin with.</summary>
    public static string Time(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return (Times - ((utc.Hour * 10_000) + (utc.Minute * 100) + utc.Second)).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The partition of a day's runs.</summary>
    public static string Day(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return (Days - ((utc.Year * 10_000) + (utc.Month * 100) + utc.Day)).ToString("D8", CultureInfo.InvariantCulture);
    }
}
