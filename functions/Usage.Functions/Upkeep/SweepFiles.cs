using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>
/// Records and starts the runs of dropped files that have none: their event got lost, or failed at every try. Doing it twice, or beside a
/// late event, does no harm, since a drop has one run. One that can't be started now is on record, and <see cref="SweepRuns"/> tries again.
/// </summary>
public sealed partial class SweepFiles(
    DropStore drops, RunCensus census, RunStore runs, Standstill standstill, UpkeepOptions options, ILogger<SweepFiles> logger)
{
    [Function(nameof(SweepFiles))]
    public async Task RunAsync(
        [ActivityTrigger] UpkeepInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var drop in MissedAsync(input.At, cancellationToken))
        {
            LogMissed(drop.RunId, drop.Folder, drop.Path, drop.ArrivedAt);
            await runs.AddAsync(drop.ToQueuedRun(version: 0), RunSource.Of(drop), cancellationToken);
            await standstill.SeeToAsync(client, drop.RunId, unchanged: TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>The newest files aren't looked at: their events may be on their way.</summary>
    private async IAsyncEnumerable<Drop> MissedAsync(DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (at.AddDays(-options.MissedFileDays), at.AddMinutes(-options.MissedFileMinutes));
        var known = await census.ArrivedAsync(integration: null, from, to, cancellationToken);
        await foreach (var drop in drops.ListAsync(cancellationToken))
            if (drop.ArrivedAt >= from && drop.ArrivedAt <= to && !known.Contains(drop.RunId)) yield return drop;
    }

    [LoggerMessage(LogLevel.Warning, "{Blob} arrived at {ArrivedAt} and has no run: run {Run} of {Integration} is started now")]
    private partial void LogMissed(RunId run, string integration, string blob, DateTimeOffset arrivedAt);
}
