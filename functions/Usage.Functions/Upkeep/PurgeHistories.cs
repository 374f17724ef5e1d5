using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Usage.Functions.Upkeep;

/// <summary>Purges the histories of orchestrations that have ended; what they did is in the records of the runs.</summary>
public sealed partial class PurgeHistories(UpkeepOptions options, ILogger<PurgeHistories> logger)
{
    /// <summary>Each takes a minute at most, so that the activity stays within its time. The rest is left to the next purge.</summary>
    private const int Rounds = 4;

    [Function(nameof(PurgeHistories))]
    public async Task RunAsync(
        [ActivityTrigger] UpkeepInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var filter = new PurgeInstancesFilter(
            // Some versions of the host's extension fail without a beginning.
            CreatedFrom: DateTimeOffset.UnixEpoch,
            CreatedTo: input.At.AddDays(-options.HistoryDays),
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated])
        {
            Timeout = TimeSpan.FromMinutes(1),
        };
        for (var round = 0; round < Rounds; round++)
        {
            var purged = await client.PurgeAllInstancesAsync(filter, cancellationToken);
            LogPurged(purged.PurgedInstanceCount, options.HistoryDays);
            if (purged.IsComplete != false) return;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} histories older than {Days} days are purged")]
    private partial void LogPurged(int count, int days);
}
