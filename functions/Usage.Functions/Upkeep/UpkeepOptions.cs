using System.ComponentModel.DataAnnotations;

namespace Usage.Functions.Upkeep;

/// <summary>The app settings <c>Usage__Upkeep__…</c>: what timers look after, and how long things are kept.</summary>
public sealed class UpkeepOptions
{
    public const string Section = "Usage:Upkeep";

    /// <summary>
    /// Minutes after a file's arrival until it counts as missed if it has no run: its event may just be late. Default 5, at most a day.
    /// </summary>
    [Range(0, 24 * 60)]
    public int MissedFileMinutes { get; set; } = 5;

    /// <summary>Days after a file's arrival in which it is looked for. Default 7, at most 10 years.</summary>
    [Range(1, 3650)]
    public int MissedFileDays { get; set; } = 7;

    /// <summary>Minutes that a run may stand unchanged until its orchestration is looked at. Default 15, at most a day.</summary>
    [Range(0, 24 * 60)]
    public int StandstillMinutes { get; set; } = 15;

    /// <summary>
    /// Days after its start until the history of an ended orchestration is purged; 0: at the next purge. Default 30, at most 10 years.
    /// </summary>
    [Range(0, 3650)]
    public int HistoryDays { get; set; } = 30;

    /// <summary>
    /// Days until test runs, and the rejected rows of imports, are purged; the records of imports stay. Default 400, at most 10 years.
    /// </summary>
    [Range(1, 3650)]
    public int RunDetailDays { get; set; } = 400;
}
