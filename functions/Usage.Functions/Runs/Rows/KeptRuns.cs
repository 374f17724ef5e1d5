using Microsoft.AspNetCore.Mvc;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs.Rows;

/// <summary>Finds what is kept of runs by which their rows are found.</summary>
public sealed class KeptRuns(RunStore runs, RunFiles files, RowFiles rows, ErasedRowFiles erased, Roster roster)
{
    /// <returns>A run, or why there is none; neither for one that has read no rows.</returns>
    public async Task<(KeptRun? Run, IActionResult? Missing)> FindAsync(RunId id, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is not { } found) return (null, ProblemAnswer.NotFound("run", id.Value));
        if (!found.Run.HasEnded())
            return (null, ProblemAnswer.NotFound($"Run {id} has not ended: its rows are there when it has."));
        if (found.Run.Rows.Read == 0) return (null, null);
        return await LoadAsync(found, cancellationToken) is { } kept
            ? (kept, null) : (null, ProblemAnswer.NotFound($"The rows of run {id} aren't kept any more."));
    }

    private async Task<KeptRun?> LoadAsync(StoredRun stored, CancellationToken cancellationToken)
    {
        var id = stored.Run.Id;
        var (accounts, index) = (roster.GetAsync(cancellationToken), rows.FindIndexAsync(id, cancellationToken));
        var recorded = stored.Run.Rows.Superseded > 0
            ? rows.FindRecordedAsync(id, cancellationToken) : Task.FromResult<RowSet?>(null);
        var below = stored.Run.Issues.Any(issue => issue.Code == IssueCode.NewerValue)
            ? rows.FindNewerAsync(id, cancellationToken) : Task.FromResult<IReadOnlyList<NewerRows>>([]);
        var gone = erased.FindAsync(stored.Run.FileOf(), cancellationToken);
        await Task.WhenAll(accounts, index, recorded, below, gone);
        if (await index is not { } batches || await files.FindMappingAsync(id, cancellationToken) is not { } mapping) return null;
        var plan = (await files.PlanAsync(id, cancellationToken)).Plan;
        var newer = (await below).GroupBy(one => one.Run)
            .Select(same => new KeptRun.NewerBy(same.Key, Set(plan.Rows, same.Select(one => one.Rows)))).ToList();
        var all = newer.Count == 0 ? null : Set(plan.Rows, (await below).Select(one => one.Rows));
        var about = new RunRows(mapping.Integration.Match.Count, await recorded, all)
        {
            Erased = await gone,
            Own = await rows.FindOwnAsync(id, plan.Batches, cancellationToken),
        };
        return new KeptRun(stored, mapping, plan, batches, about, newer, await accounts);
    }

    private static RowSet Set(long rows, IEnumerable<byte[]> packed)
    {
        var set = new RowSet(rows);
        foreach (var part in packed) set.Add(part);
        return set;
    }
}
