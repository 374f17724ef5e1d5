using Usage.Core.Issues;
using Usage.Functions.Children;
using Usage.Functions.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Whether what an undo brings back may stand again, as things are now.</summary>
public sealed class UndoChecks(RunStore runs, PinnedMappings mappings, AnewFixes anew)
{
    /// <returns>Why nothing is undone; null: it may.</returns>
    public async Task<RunError?> RefusalAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        if (await mappings.MisfitAsync(plan, cancellationToken) is { } misfit) return misfit;
        if (!plan.StandsAgain()) return null;
        var root = (await runs.GetAsync(plan.Root, cancellationToken)).Run;
        return await anew.RecordedAsync(root, cancellationToken) is { } other ? ChildErrors.Taken(other) : null;
    }
}
