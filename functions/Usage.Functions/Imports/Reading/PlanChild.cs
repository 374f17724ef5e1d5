using Microsoft.Azure.Functions.Worker;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Children;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Imports.Reading;

/// <summary>A replay or fix reads its parent's file as that was planned: nothing is planned anew.</summary>
public sealed class PlanChild(
    RunStore runs, RunFiles files, ChildFiles children, ChildChains chains, UndoStore undos, PinnedRosters rosters,
    ResolutionStore resolutions, PinnedMappings mappings, AnewFixes anew, RunEnd end, TimeProvider clock)
{
    [Function(nameof(PlanChild))]
    public async Task<PlanBatches.Output> RunAsync([ActivityTrigger] PlanBatches.Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded()) return PlanBatches.Output.Ends(await end.CleanUpAsync(stored, cancellationToken));
        if (stored.CancelRequested) return PlanBatches.Output.Ends(await end.CancelAsync(input.Run, cancellationToken));
        if (stored.Run.StartedAt is null)
            await runs.SaveAsync(stored.Run with { Status = RunStatus.Running, StartedAt = clock.GetUtcNow() }, cancellationToken);
        var plan = await children.PlanAsync(input.Run, cancellationToken);
        var root = (await runs.GetAsync(plan.Root, cancellationToken)).Run;
        if (await RefusalAsync(root, plan, cancellationToken) is { } error)
            return PlanBatches.Output.Ends(await end.FailAsync(input.Run, error, cancellationToken));
        var planned = await files.PlanAsync(plan.Root, cancellationToken);
        await files.AddMappingAsync(input.Run, await files.MappingAsync(plan.Root, cancellationToken), cancellationToken);
        var (name, _) = await rosters.PinAsync(input.Run, cancellationToken);
        await children.AddChainAsync(input.Run, await chains.FindAsync(root, cancellationToken), cancellationToken);
        // A cell that is mended may hold an identifier of which somebody has said what it is.
        var said = (await resolutions.ReadAsync(stored.Run.Integration!.Value, cancellationToken)).All;
        if (said.Count > 0) await files.AddResolutionsAsync(input.Run, said, cancellationToken);
        await files.AddPlanAsync(
            input.Run, planned with { Roster = name, FileOf = plan.Root, IsResolved = said.Count > 0 }, cancellationToken);
        return new PlanBatches.Output(false, planned.Plan.Batches.Count, planned.Partitions);
    }

    private async Task<RunError?> RefusalAsync(Run root, ChildPlan plan, CancellationToken cancellationToken)
    {
        foreach (var parent in new[] { root.Id, plan.Correction?.Run ?? root.Id })
            if ((await undos.OfAsync(parent, cancellationToken)).IsWhole) return ChildErrors.Undone(parent);
        if (await anew.OtherAsync(root, cancellationToken) is { } other) return ChildErrors.Taken(other);
        if (await files.FindMappingAsync(root.Id, cancellationToken) is null) return ChildErrors.DetailsGone(root.Id);
        await mappings.HoldAsync(root, cancellationToken);
        return await mappings.MisfitAsync(root, cancellationToken);
    }
}
