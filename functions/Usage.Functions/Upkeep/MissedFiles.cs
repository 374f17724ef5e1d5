using System.Runtime.CompilerServices;
using Usage.Functions.Imports;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>Files that arrived and have no run: their event got lost, or failed at every try.</summary>
public sealed class MissedFiles(DropStore drops, RunCensus census, UpkeepOptions options)
{
    /// <param name="at">Now: the newest files aren't looked at, since their events may be on their way.</param>
    /// <param name="cancel">Gives up.</param>
    public async IAsyncEnumerable<Drop> FindAsync(DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (from, to) = (at.AddDays(-options.MissedFileDays), at.AddMinutes(-options.MissedFileMinutes));
        var known = await census.ArrivedAsync(from, to, cancel);
        await foreach (var drop in drops.ListAsync(cancel))
            if (drop.ArrivedAt >= from && drop.ArrivedAt <= to && !known.Contains(ImportScheduler.IdOf(drop))) yield return drop;
    }
}
