using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Takes the turns at the products of what is to be taken back; from then on its writes count as undone.</summary>
public sealed class BeginTakingBack(
    RunStore runs, UndoPlans plans, RunLogs logs, UndoStore undos, ProductTurns turns, PinnedMappings mappings,
    UndoChecks checks, TimeProvider clock)
{
    public sealed record Input(RunId Run);

    /// <param name="Waits">Another run has a turn: ask again.</param>
    /// <param name="Partitions">To be gone through.</param>
    public sealed record Output(bool Waits, int Partitions);

    [Function(nameof(BeginTakingBack))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded() || (stored.CancelRequested && stored.Run.Status == RunStatus.Queued)) return new Output(false, 0);
        if (await plans.FindAsync(input.Run, cancellationToken) is not { } plan
            || await logs.FindIndexAsync(plan.Root, cancellationToken) is not { } index
            || !await AreKeptAsync(plan.Children, cancellationToken)) return new Output(false, 0);
        foreach (var product in index.Header.Products.Select(product => product.Id).Distinct()
            .Where(product => (plan.Within.Product ?? product) == product).OrderBy(product => product.Value, StringComparer.Ordinal))
            if (await turns.TryTakeAsync(product, input.Run, runs.HasEndedAsync, cancellationToken) is null) return new Output(true, 0);
        if (stored.Run.Status == RunStatus.Queued)
        {
            await mappings.HoldAsync(stored.Run, cancellationToken);
            if (await checks.RefusalAsync(plan, cancellationToken) is not null) return new Output(false, 0);
            await runs.SaveAsync(
                stored.Run with
                {
                    Status = RunStatus.Running,
                    StartedAt = clock.GetUtcNow(),
                    Progress = new RunProgress(RunStage.Writing, 0, index.Partitions)
                },
                cancellationToken);
        }

        foreach (var target in plan.Targets()) await undos.AddAsync(target, input.Run, plan.Scope, cancellationToken);
        return new Output(false, index.Partitions);
    }

    private async Task<bool> AreKeptAsync(IEnumerable<RunId> children, CancellationToken cancellationToken)
    {
        foreach (var child in children)
            if (await logs.FindIndexAsync(child, cancellationToken) is null) return false;
        return true;
    }
}
