using Microsoft.DurableTask;

namespace Usage.Functions.Imports;

/// <summary>Asks an activity again until no other run has a turn at the products that it needs.</summary>
internal static class WaitForProducts
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <param name="context">Of the orchestration.</param>
    /// <param name="activity">That takes the turns.</param>
    /// <param name="input">Its input.</param>
    /// <param name="waits">Whether its answer says that another run has a turn.</param>
    /// <returns>The answer that doesn't.</returns>
    public static async Task<T> RunAsync<T>(TaskOrchestrationContext context, string activity, object input, Func<T, bool> waits)
    {
        for (var wait = ShortestWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            var answer = await context.CallActivityAsync<T>(activity, input, Retries.UntilStorageIsBack);
            if (!waits(answer)) return answer;
            await context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);
        }
    }
}
