using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Mending;
using Usage.Storage.Children;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>Counts what a resolution would release, as things are now.</summary>
public sealed class ResolvePreviews(WaitingRuns waiting, RunStore runs, Replays replays)
{
    /// <param name="resolution">That is previewed.</param>
    /// <param name="made">The account, where it is to be made first; null: it is there, or the identifier is ignored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: it would take longer than a request may.</returns>
    public async Task<ResolvePreview?> MakeAsync(Resolution resolution, Account? made, CancellationToken cancellationToken)
    {
        if (resolution.Account is null) return new ResolvePreview(0, 0, 0, []);
        var (rows, values, dates, parts) = (0L, 0L, new HashSet<DateOnly>(), new List<ResolvePreview.OfRun>());
        foreach (var one in await waiting.OfKeyAsync(resolution.Integration, resolution.By, resolution.Key, cancellationToken))
        {
            var part = await replays.PreviewAsync(one.Run, resolution, made, cancellationToken);
            if (part.IsLarge) return null;
            var whole = (await runs.GetAsync(one.Run, cancellationToken)).Run is { Status: RunStatus.Failed, Values: 0 };
            (rows, values) = (rows + part.Rows, values + part.Values);
            dates.UnionWith(part.Dates);
            parts.Add(new ResolvePreview.OfRun(one.Run, part.Rows, whole));
        }

        return new ResolvePreview(rows, dates.Count, values, parts);
    }

    /// <summary>What a preview is of that takes longer than a request may.</summary>
    public async Task<(Run First, PreviewPlan Plan)> PlanAsync(Resolution resolution, Account? made, CancellationToken cancellationToken)
    {
        var found = await waiting.OfKeyAsync(resolution.Integration, resolution.By, resolution.Key, cancellationToken);
        var plan = new PreviewPlan { Children = [.. found.Select(one => Replays.Plan(one.Run, resolution))], Made = made };
        return ((await runs.GetAsync(found[0].Run, cancellationToken)).Run, plan);
    }
}

/// <param name="Rows">That are released.</param>
/// <param name="Dates">On how many dates.</param>
/// <param name="Values">That are written.</param>
public sealed record ResolvePreview(long Rows, int Dates, long Values, IReadOnlyList<ResolvePreview.OfRun> Runs)
{
    /// <param name="Run">Whose rows they are.</param>
    /// <param name="Whole">It recorded nothing, and would be imported whole.</param>
    public sealed record OfRun(RunId Run, long Rows, bool Whole);
}
