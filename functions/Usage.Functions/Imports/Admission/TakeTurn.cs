using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Admission;

/// <summary>
/// Sees whether a run is first in the queue of its integration. If it isn't, it looks after the run before it: one that has ended is
/// taken out of the queue, one whose orchestration is dead is failed, one that was never started is started.
/// </summary>
public sealed class TakeTurn(QueuedRuns queue, RunStore runs, RunScheduler scheduler, RunEnd end)
{
    public enum State { Taken, Waiting, Ended }

    public sealed record Input(RunId Run);

    /// <param name="Next">Where the run has ended: the run that may have the turn now.</param>
    public sealed record Output(State State, RunId? Next = null)
    {
        public static Output Ended(RunId? next) => new(TakeTurn.State.Ended, next);
    }

    [Function(nameof(TakeTurn))]
    public async Task<Output> RunAsync(
        [ActivityTrigger] Input input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded()) return Output.Ended(next: null);
        if (stored.CancelRequested) return Output.Ended(await end.CancelAsync(input.Run, cancellationToken));
        return await TakeAsync(client, stored.Run.Integration!.Value, new QueuedRun(input.Run, stored.Drop!), cancellationToken);
    }

    internal async Task<Output> TakeAsync(
        DurableTaskClient client, IntegrationId integration, QueuedRun queued, CancellationToken cancellationToken)
    {
        foreach (var earlier in await queue.BeforeAsync(integration, queued, cancellationToken))
        {
            if (!await HasEndedAsync(client, earlier, cancellationToken)) return new Output(State.Waiting);
            await queue.RemoveAsync(integration, earlier, cancellationToken);
        }

        return new Output(State.Taken);
    }

    private async Task<bool> HasEndedAsync(DurableTaskClient client, QueuedRun earlier, CancellationToken cancellationToken)
    {
        var stored = await runs.FindAsync(earlier.Run, cancellationToken);
        if (stored?.Run.HasEnded() == true) return true;
        var instance = await client.GetInstanceAsync(earlier.Run.Value, getInputsAndOutputs: false, cancellationToken);
        if (instance is { IsCompleted: false }) return false;
        if (stored is null) await scheduler.ScheduleAsync(client, RunStart.Of(earlier.Drop), cancellationToken);
        else if (instance is null) await scheduler.ScheduleAsync(client, RunStart.Of(stored), cancellationToken);
        else await scheduler.FailAsync(client, stored, instance.RuntimeStatus, cancellationToken);
        return false;
    }
}
