using Usage.Core.Runs;
using Usage.Core.Uploads;
using Usage.Functions.Upkeep;

namespace Usage.Functions.Erasing;

/// <summary>Says what an erase can't take away, and until when it is there.</summary>
public sealed class EraseRemainders(UpkeepOptions upkeep)
{
    private const int MaxFiles = 100;

    /// <param name="files">Dropped files in which the account had rows.</param>
    public IReadOnlyList<RunRemainder> Of(IReadOnlyCollection<string> files) =>
    [
        new("files in the container imports, which the team keeps", "until somebody deletes them there",
            [.. files.Order(StringComparer.Ordinal).Take(MaxFiles)]),
        new("backups of the storage account", "as long as the platform is set up to keep them (soft delete, versions, point-in-time)", []),
        new("files that people have sent without dropping them (uploads)",
            FormattableString.Invariant($"{Upload.KeptFor.TotalDays} days after they were sent, or until their sender deletes them"), []),
        new("histories of orchestrations, in which a key may stand that somebody said to be the account",
            FormattableString.Invariant($"{upkeep.HistoryDays} days after their start (Usage__Upkeep__HistoryDays)"), []),
    ];
}
