using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Usage.Functions.Upkeep;

/// <summary>Finds what was left behind: dropped files without a run, and runs whose orchestration is gone.</summary>
public static class Sweep
{
    // 3 tries within half a minute; after that, the next sweep is five minutes later.
    private static readonly TaskOptions Retries = new(new TaskRetryOptions(new RetryPolicy(3, TimeSpan.FromSeconds(10))));

    [Function(nameof(Sweep))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = new UpkeepInput(context.CurrentUtcDateTime);
        await context.CallActivityAsync(nameof(SweepFiles), input, Retries);
        await context.CallActivityAsync(nameof(SweepRuns), input, Retries);
    }
}
