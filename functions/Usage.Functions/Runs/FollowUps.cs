using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>Starts runs that no dropped file starts: each is in the queue of an integration from when it is asked for.</summary>
public sealed class FollowUps(RunStore runs, QueuedRuns queue, RunScheduler scheduler, SourceFiles sources, TimeProvider clock)
{
    /// <param name="Kind">Of run.</param>
    /// <param name="By">Who asks.</param>
    /// <param name="Integration">In whose queue it waits.</param>
    /// <param name="Version">Of the integration, of the run that it follows from.</param>
    public sealed record Wanted(RunKind Kind, string By, IntegrationId Integration, int Version)
    {
        /// <summary>The run that it follows from; null: none.</summary>
        public StoredRun? Parent { get; init; }

        /// <summary>It reads its parent's file, with the parent's arrival.</summary>
        public bool ReadsParent { get; init; }

        /// <summary>It plans that file anew, from a copy of its own, as imports do.</summary>
        public bool PlansAnew { get; init; }

        /// <summary>Null: a new one.</summary>
        public RunId? Id { get; init; }
    }

    /// <param name="client">That schedules it.</param>
    /// <param name="wanted">The run.</param>
    /// <param name="prepare">Leaves what the run needs to know, before anybody sees it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunId> StartAsync(
        DurableTaskClient client, Wanted wanted, Func<RunId, CancellationToken, Task> prepare, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // A run's place is told in whole seconds, as files arrive.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var id = wanted.Id ?? RunIdText.Unique(now, Guid.NewGuid());
        await prepare(id, cancellationToken);
        var parent = wanted.Parent?.Run;
        var run = new Run
        {
            Id = id,
            Integration = wanted.Integration,
            Version = wanted.Version,
            Kind = wanted.Kind,
            Status = RunStatus.Queued,
            Blob = wanted.ReadsParent ? parent?.Blob : null,
            ArrivedAt = wanted.ReadsParent ? parent!.ArrivedAt : now,
            Parent = parent?.Id,
            By = wanted.By,
            PlansAnew = wanted.PlansAnew,
        };
        // A file that is imported again keeps its name.
        var source = wanted.Kind == RunKind.Import ? wanted.Parent!.Source with { Force = true, QueuedAt = now }
            : RunSource.Queued(wanted.Integration, id, now);
        await runs.AddAsync(run, source, cancellationToken);
        if (wanted is { ReadsParent: true, Parent: { } read })
        {
            // It may become a parent of its own: its copy of the file stays as long as its details do.
            var copy = run.IsRoot() ? await sources.PinAsync(id, read.Content, cancellationToken) : read.Content;
            await runs.PinAsync(id, copy, cancellationToken);
        }

        if (wanted.ReadsParent) await runs.AddChildAsync(parent!.Id, id, cancellationToken);
        var stored = await runs.GetAsync(id, cancellationToken);
        await queue.AddAsync(wanted.Integration, new QueuedRun(id, stored.Drop!), cancellationToken);
        await scheduler.ScheduleAsync(client, RunStart.Of(stored), cancellationToken);
        return id;
    }
}
