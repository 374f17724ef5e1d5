using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Puts an undo or a removal into the queue of an integration, and starts it.</summary>
public sealed class TakingBackStarter(RunStore runs, QueuedRuns queue, RunScheduler scheduler, TimeProvider clock)
{
    /// <param name="client">That schedules it.</param>
    /// <param name="kind">Of run.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="integration">In whose queue it waits.</param>
    /// <param name="version">Of the integration, of the run that it follows from.</param>
    /// <param name="parent">The run that it follows from; null: none.</param>
    /// <param name="prepare">Leaves what the run needs to know, before anybody sees it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunId> StartAsync(
        DurableTaskClient client, RunKind kind, string by, IntegrationId integration, int version, RunId? parent,
        Func<RunId, CancellationToken, Task> prepare, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // A run's place is told in whole seconds, as files arrive.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var id = RunIdText.Unique(now, Guid.NewGuid());
        await prepare(id, cancellationToken);
        // Behind all files of the same second.
        var run = new Run
        {
            Id = id,
            Integration = integration,
            Version = version,
            Kind = kind,
            Status = RunStatus.Queued,
            ArrivedAt = now,
            Parent = parent,
            By = by,
        };
        await runs.AddAsync(run, new RunSource("", $"{integration}/\uFFFD", id.Value, Force: false), cancellationToken);
        var stored = await runs.GetAsync(id, cancellationToken);
        await queue.AddAsync(integration, new QueuedRun(id, stored.Drop!), cancellationToken);
        await scheduler.ScheduleAsync(client, RunStart.Of(stored), cancellationToken);
        return id;
    }
}
