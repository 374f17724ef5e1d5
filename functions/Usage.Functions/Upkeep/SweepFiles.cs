using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Runs;
using Usage.Functions.Imports;
using Usage.Storage;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>
/// Records and starts the runs of dropped files that have none: the trigger never heard of them, or has given up. To do it twice, or
/// beside a late event, is no harm: a drop has one run. One that can't be started now is on record, and seen to by <see cref="SweepRuns"/>.
/// </summary>
public sealed partial class SweepFiles(MissedFiles missed, RunStore runs, UsageBlobs blobs, Standstill standstill, ILogger<SweepFiles> logger)
{
    [Function(nameof(SweepFiles))]
    public async Task RunAsync([ActivityTrigger] UpkeepInput input, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        await foreach (var drop in missed.FindAsync(input.At, cancel))
        {
            var id = ImportScheduler.IdOf(drop);
            LogMissed(id, drop.Folder, drop.Path, drop.ArrivedAt);
            await runs.AddAsync(Admission.Queued(id, drop, integration: null), new RunSource(blobs.Imports.Name, drop.Path, drop.ETag, drop.Force), cancel);
            await standstill.SeeToAsync(client, id, unchanged: TimeSpan.Zero, cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Blob} arrived at {ArrivedAt} and has no run: run {Run} of {Integration} is started now")]
    private partial void LogMissed(RunId run, string integration, string blob, DateTimeOffset arrivedAt);
}
