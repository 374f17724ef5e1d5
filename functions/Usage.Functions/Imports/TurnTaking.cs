using Microsoft.DurableTask;
using Usage.Core.Runs;

namespace Usage.Functions.Imports;

/// <summary>Admits a file, then waits until the earlier files of its integration have ended.</summary>
internal static class TurnTaking
{
    /// <summary>Waits before the history is begun anew.</summary>
    private const int WaitsAHistory = 50;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <returns>False when this execution has nothing more to do: the run has ended, or goes on waiting with a fresh history.</returns>
    public static async Task<bool> WaitAsync(TaskOrchestrationContext context, ImportFile.Input input)
    {
        var turn = input.Waiting
            ? await TakeAsync(context, input.Run)
            : await context.CallActivityAsync<Turns.Output>(nameof(AdmitFile), new AdmitFile.Input(input.Run, input.Drop!), Retries.UntilStorageIsBack);
        var wait = ShortestWait;
        for (var waits = 0; turn.State == Turns.State.Waiting; waits++)
        {
            if (waits == WaitsAHistory)
            {
                context.ContinueAsNew(input with { Waiting = true });
                return false;
            }

            await ForWakeAsync(context, wait);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            turn = await TakeAsync(context, input.Run);
        }

        if (turn is { State: Turns.State.Ended, Next: { } next }) context.SendEvent(next.Value, ImportFile.Wake, true);
        return turn.State == Turns.State.Taken;
    }

    private static Task<Turns.Output> TakeAsync(TaskOrchestrationContext context, RunId run) =>
        context.CallActivityAsync<Turns.Output>(nameof(TakeTurn), new TakeTurn.Input(run), Retries.UntilStorageIsBack);

    /// <summary>The run before wakes this one when it ends; the timer is for the case that it can't.</summary>
    private static async Task ForWakeAsync(TaskOrchestrationContext context, TimeSpan wait)
    {
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(context.CurrentUtcDateTime + wait, stop.Token);
        var woken = context.WaitForExternalEvent<bool>(ImportFile.Wake, stop.Token);
        await Task.WhenAny(timer, woken);
        Stop(stop);
    }

    /// <summary>Not <c>CancelAsync</c>, which goes on in another thread: an orchestrator must stay in its own.</summary>
    private static void Stop(CancellationTokenSource source) => source.Cancel();
}
