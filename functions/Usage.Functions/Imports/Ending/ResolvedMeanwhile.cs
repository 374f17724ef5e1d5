using Usage.Core.Accounts;
using Usage.Core.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Imports.Ending;

/// <summary>
/// What was said of a run's identifiers since it got its turn. Whoever resolves an identifier first says so and then looks which runs wait;
/// a run first is known to wait and then looks here: one of the two finds the other.
/// </summary>
public sealed class ResolvedMeanwhile(RunFiles files, ResolutionStore resolutions, RunIdentifiers identifiers)
{
    /// <param name="run">Has ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that release some of its rows, as one by which the run was read doesn't.</returns>
    public async Task<IReadOnlyList<Resolution>> MeanwhileAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Integration is not { } integration || !run.MayHaveWaitingRows()) return [];
        var now = (await resolutions.ReadAsync(integration, cancellationToken)).All;
        if (now.Count == 0) return [];
        var pinned = (await files.PlanAsync(run.Id, cancellationToken)).IsResolved
            ? await files.ResolutionsAsync(run.Id, cancellationToken) : [];
        var found = new List<Resolution>();
        foreach (var resolution in now.Except(pinned).Where(resolution => resolution.Account is not null))
            if (await identifiers.FindAsync(run.Id, resolution.By, resolution.Key, cancellationToken) is not null) found.Add(resolution);
        return found;
    }
}
