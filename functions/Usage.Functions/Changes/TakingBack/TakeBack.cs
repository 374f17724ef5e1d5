using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Imports;
using Usage.Functions.Runs;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>
/// An undo's way, or a removal's: it waits its turn in the queue, then at the products, and writes partition by partition.
/// </summary>
public static class TakeBack
{
    private const int AtOnce = 100;

    [Function(RunScheduler.TakingBack)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RunStart start)
    {
        if (!await WaitForTurn.RunAsync(context, start)) return;
        var next = start.Kind == RunKind.Removal ? await RemoveAsync(context, start.Run) : await UndoAsync(context, start.Run);
        if (next is { } run) context.SendEvent(run.Value, RunScheduler.Wake, true);
    }

    private static async Task<RunId?> UndoAsync(TaskOrchestrationContext context, RunId run)
    {
        var begun = await WaitForProducts.RunAsync<BeginTakingBack.Output>(
            context, nameof(BeginTakingBack), new BeginTakingBack.Input(run), begun => begun.Waits);
        for (var first = 0; first < begun.Partitions; first += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(first, Math.Min(AtOnce, begun.Partitions - first)).Select(partition =>
                context.CallActivityAsync(
                    nameof(TakeBackPartition), new TakeBackPartition.Input(run, partition), Retries.UntilStorageIsBack)));
        }

        var done = await context.CallActivityAsync<FinishTakingBack.Output>(
            nameof(FinishTakingBack), new FinishTakingBack.Input(run, begun.Partitions), Retries.UntilStorageIsBack);
        // What was said of its identifiers meanwhile released nothing, as long as it was undone.
        if (done.LooksAgain is { } stands) await context.CallActivityAsync(RunScheduler.LookAgain, stands, Retries.Step);
        return done.Next;
    }

    private static async Task<RunId?> RemoveAsync(TaskOrchestrationContext context, RunId run) =>
        (await WaitForProducts.RunAsync<RemoveValue.Output>(
            context, nameof(RemoveValue), new RemoveValue.Input(run), done => done.Waits)).Next;
}
