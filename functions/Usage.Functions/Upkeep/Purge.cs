using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Usage.Functions.Upkeep;

/// <summary>
/// Removes what has been kept long enough: histories of orchestrations that ended, snapshots without values, details of old runs, and
/// uploads.
/// </summary>
public static class Purge
{
    // 6 tries within an hour and a half; after that, the next purge is a day later.
    private static readonly TaskOptions Retries = new(new TaskRetryOptions(new RetryPolicy(6, TimeSpan.FromMinutes(3), 2)));

    [Function(nameof(Purge))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = new UpkeepInput(context.CurrentUtcDateTime);
        await context.CallActivityAsync(nameof(PurgeHistories), input, Retries);
        await context.CallActivityAsync(nameof(PurgeEmptied), input, Retries);
        await context.CallActivityAsync(nameof(PurgeRunDetails), input, Retries);
        await context.CallActivityAsync(nameof(PurgeUploads), input, Retries);
    }
}
