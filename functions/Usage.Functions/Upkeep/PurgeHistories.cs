using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Usage.Functions.Upkeep;

/// <summary>Purges the histories of orchestrations that have ended; whatever they did is in the runs' own records.</summary>
public sealed partial class PurgeHistories(UpkeepOptions options, ILogger<PurgeHistories> logger)
{
    /// <summary>Of a minute each: well within what an activity may take. The rest is for the next time.</summary>
    private const int Rounds = 4;

    [Function(nameof(PurgeHistories))]
    public async Task RunAsync([ActivityTrigger] UpkeepInput input, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var filter = new PurgeInstancesFilter(
            // From the beginning, said in so many words: some versions of the host's extension stumble over a filter without one.
            CreatedFrom: DateTimeOffset.UnixEpoch,
            CreatedTo: input.At.AddDays(-options.HistoryDays),
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated])
        {
            Timeout = TimeSpan.FromMinutes(1),
        };
        for (var round = 0; round < Rounds; round++)
        {
            var purged = await client.PurgeAllInstancesAsync(filter, cancel);
            LogPurged(purged.PurgedInstanceCount, options.HistoryDays);
            if (purged.IsComplete != false) return;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} histories older than {Days} days are purged")]
    private partial void LogPurged(int count, int days);
}
