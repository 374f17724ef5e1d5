using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Functions.Imports;
using Usage.Functions.Runs;

namespace Usage.Functions.Changes;

/// <summary>An undo's way, or a removal's: it waits its turn in the queue, then at the products, and writes partition by partition.</summary>
public static class TakeBack
{
    private const int AtOnce = 100;

    [Function(RunScheduler.TakingBack)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RunStart start)
    {
        if (!await WaitForTurn.RunAsync(context, start)) return;
        var begun = await BeginAsync(context, start.Run);
        for (var first = 0; first < begun.Partitions; first += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(first, Math.Min(AtOnce, begun.Partitions - first)).Select(partition =>
                context.CallActivityAsync(
                    nameof(TakeBackPartition), new TakeBackPartition.Input(start.Run, partition), Retries.UntilStorageIsBack)));
        }

        var done = await context.CallActivityAsync<FinishTakingBack.Output>(
            nameof(FinishTakingBack), new FinishTakingBack.Input(start.Run, begun.Partitions), Retries.UntilStorageIsBack);
        if (done.Next is { } next) context.SendEvent(next.Value, RunScheduler.Wake, true);
    }

    private static async Task<BeginTakingBack.Output> BeginAsync(TaskOrchestrationContext context, RunId run)
    {
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait.TotalSeconds < 8 ? wait * 2 : wait)
        {
            var begun = await context.CallActivityAsync<BeginTakingBack.Output>(
                nameof(BeginTakingBack), new BeginTakingBack.Input(run), Retries.UntilStorageIsBack);
            if (!begun.Waits) return begun;
            await context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);
        }
    }
}
