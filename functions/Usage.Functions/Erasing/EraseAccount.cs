using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Functions.Imports;
using Usage.Functions.Runs;

namespace Usage.Functions.Erasing;

/// <summary>
/// An erase's way: the account is closed, and taken away with its snapshots once no other run writes; when all runs have ended that may
/// have read something of it, what they have kept of it goes, and no other run writes meanwhile.
/// </summary>
public static class EraseAccount
{
    [Function(RunScheduler.Erasing)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RunStart start)
    {
        var run = start.Run;
        await TakeTurnsAsync(context, run);
        await context.CallActivityAsync(nameof(EraseSnapshots), new EraseSnapshots.Input(run), Retries.UntilStorageIsBack);
        await WaitForProducts.RunAsync<AwaitReaders.Output>(
            context, nameof(AwaitReaders), new AwaitReaders.Input(run), others => others.Waits);
        await TakeTurnsAsync(context, run);
        RunId? after = null;
        do
        {
            after = (await context.CallActivityAsync<EraseKept.Output>(
                nameof(EraseKept), new EraseKept.Input(run, after), Retries.UntilStorageIsBack)).Next;
        }
        while (after is not null);

        await context.CallActivityAsync(nameof(FinishErasing), new FinishErasing.Input(run), Retries.UntilStorageIsBack);
    }

    private static Task<BeginErasing.Output> TakeTurnsAsync(TaskOrchestrationContext context, RunId run) =>
        WaitForProducts.RunAsync<BeginErasing.Output>(
            context, nameof(BeginErasing), new BeginErasing.Input(run), begun => begun.Waits);
}
