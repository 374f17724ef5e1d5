using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Functions.Imports.Writing;

namespace Usage.Functions.Imports;

/// <summary>Waits until no other run writes any of a run's products, and takes its turns at them.</summary>
internal static class WaitForProducts
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(TaskOrchestrationContext context, RunId run)
    {
        var input = new BeginWriting.Input(run);
        for (var wait = ShortestWait; await WaitsAsync(); wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
            await context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);

        async Task<bool> WaitsAsync() =>
            (await context.CallActivityAsync<BeginWriting.Output>(nameof(BeginWriting), input, Retries.UntilStorageIsBack)).Waits;
    }
}
