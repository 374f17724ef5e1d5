using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Functions.Imports;

namespace Usage.Functions.Upkeep;

/// <summary>Starts the runs of dropped files that have none. To do it twice, or beside a late event, is no harm: a drop has one run.</summary>
public sealed partial class SweepFiles(MissedFiles missed, ImportScheduler scheduler, ILogger<SweepFiles> logger)
{
    [Function(nameof(SweepFiles))]
    public async Task RunAsync([ActivityTrigger] UpkeepInput input, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        await foreach (var drop in missed.FindAsync(input.At, cancel))
        {
            LogMissed(drop.Path, drop.ArrivedAt);
            await scheduler.ScheduleAsync(client, drop, cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Blob} arrived at {ArrivedAt} and has no run: it is started now")]
    private partial void LogMissed(string blob, DateTimeOffset arrivedAt);
}
