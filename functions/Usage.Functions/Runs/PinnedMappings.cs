using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Products;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>
/// By what runs write: the mapping that was pinned when their file came. Those that follow from an earlier run write by that run's, which
/// what is there now may not fit any more.
/// </summary>
public sealed class PinnedMappings(RunStore runs, RunFiles files, UndoPlans undos, ProductStore products)
{
    /// <returns>Null: nothing is pinned yet, or it isn't kept any more.</returns>
    public async Task<ImportMapping?> FindAsync(Run run, CancellationToken cancellationToken)
    {
        if (await files.FindMappingAsync(run.Id, cancellationToken) is { } own) return own;
        var from = run.Kind == RunKind.Undo ? (await undos.FindAsync(run.Id, cancellationToken))?.Root : run.Parent;
        return from is { } id && await runs.FindAsync(id, cancellationToken) is { } before
            ? await FindAsync(before.Run, cancellationToken) : null;
    }

    /// <summary>
    /// For a run that is in a queue, from when on nobody changes what it needs: who looked before that is made to look again. Then ask
    /// whether all fits.
    /// </summary>
    public async Task HoldAsync(Run run, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is { } mapping)
            await products.TouchAsync(mapping.Products.Select(product => product.Id), cancellationToken);
    }

    /// <summary>Whether a run's values may be written now, though its file came earlier.</summary>
    /// <returns>Why not; null: they may.</returns>
    public Task<RunError?> MisfitAsync(Run run, CancellationToken cancellationToken) =>
        MisfitAsync(run, only: null, missingToo: true, cancellationToken);

    /// <summary>Whether what stood before may stand again; what is taken away may be of dimensions that are gone.</summary>
    /// <inheritdoc cref="MisfitAsync(Run, CancellationToken)"/>
    public async Task<RunError?> MisfitAsync(UndoPlan plan, CancellationToken cancellationToken) =>
        await MisfitAsync(
            (await runs.GetAsync(plan.Root, cancellationToken)).Run, plan.Within.Product, plan.StandsAgain(), cancellationToken);

    private async Task<RunError?> MisfitAsync(Run run, ProductId? only, bool missingToo, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is not { } mapping) return null;
        return mapping.Misfit(await products.MapAsync(cancellationToken), only, missingToo) is { } misfit
            ? new RunError(IssueCode.IntegrationNotReady,
                $"What was read of run {run.Id} can't be written any more: {misfit}. Nothing was recorded. Change that back, or import the "
                + "file anew.")
            : null;
    }
}
