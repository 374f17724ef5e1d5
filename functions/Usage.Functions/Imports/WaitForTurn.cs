using Microsoft.DurableTask;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Runs;

namespace Usage.Functions.Imports;

/// <summary>Admits a file, then waits in the queue until the earlier files of its integration have ended.</summary>
internal static class WaitForTurn
{
    /// <summary>How often a run waits until it starts over with an empty history, which would grow too long else.</summary>
    private const int WaitsAHistory = 50;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <returns>False when this execution has nothing more to do: the run has ended, or goes on waiting with a fresh history.</returns>
    public static async Task<bool> RunAsync(TaskOrchestrationContext context, RunStart start)
    {
        var turn = start.Waiting
            ? await TakeAsync(context, start)
            : await context.CallActivityAsync<TakeTurn.Output>(
                nameof(AdmitFile), new AdmitFile.Input(start.Run, start.Drop!), Retries.UntilStorageIsBack);
        var wait = ShortestWait;
        for (var waits = 0; turn.State == TakeTurn.State.Waiting; waits++)
        {
            if (waits == WaitsAHistory)
            {
                context.ContinueAsNew(start with { Waiting = true });
                return false;
            }

            await ForWakeAsync(context, wait);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            turn = await TakeAsync(context, start);
        }

        if (turn is { State: TakeTurn.State.Ended, Next: { } next }) context.SendEvent(next.Value, RunScheduler.Wake, true);
        return turn.State == TakeTurn.State.Taken;
    }

    private static Task<TakeTurn.Output> TakeAsync(TaskOrchestrationContext context, RunStart start) =>
        context.CallActivityAsync<TakeTurn.Output>(nameof(TakeTurn), new TakeTurn.Input(start.Run), Retries.UntilStorageIsBack);

    /// <summary>The run before wakes this one when it ends; the timer is for the case that it dies before that.</summary>
    private static async Task ForWakeAsync(TaskOrchestrationContext context, TimeSpan wait)
    {
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(context.CurrentUtcDateTime + wait, stop.Token);
        var woken = context.WaitForExternalEvent<bool>(RunScheduler.Wake, stop.Token);
        await Task.WhenAny(timer, woken);
        Stop(stop);
    }

    /// <summary>Not <c>CancelAsync</c>, which continues on another thread; an orchestrator must stay on its own.</summary>
    private static void Stop(CancellationTokenSource source) => source.Cancel();
}
