using System.Runtime.CompilerServices;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Counts what an undo would do, as things are now.</summary>
public sealed class UndoPreviews(
    RunLogs logs, SnapshotDateIndex dates, DateWriters writers, BlockHistories histories, UsageTables tables, Roster roster,
    TimeProvider clock)
{
    private const int AtOnce = 8;

    public async Task<UndoPreview> MakeAsync(UndoPlan plan, LogIndex index, CancellationToken cancellationToken)
    {
        var undo = RunIdText.Unique(clock.GetUtcNow(), Guid.NewGuid());
        var comparison = new UndoComparison(
            plan, undo, index, await roster.GetAsync(cancellationToken), tables, dates, writers, histories);
        var (reversed, removed, kept) = (0L, 0L, new Dictionary<RunId, long>());
        var groups = GroupsAsync(plan, index.Header, cancellationToken);
        await Parallel.ForEachAsync(groups, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (found, cancellationToken) =>
            {
                var compared = await comparison.CompareAsync(found.Root, found.Group, cancellationToken);
                var cells = compared.Writes.Accounts.SelectMany(account => account.Cells).ToList();
                lock (kept)
                {
                    removed += cells.Count(cell => cell.New is null);
                    reversed += cells.Count(cell => cell.New is not null);
                    foreach (var (run, count) in compared.Kept) kept[run] = kept.GetValueOrDefault(run) + count;
                }
            });
        return new UndoPreview(
            reversed, removed,
            [.. kept.OrderBy(run => run.Key.Value, StringComparer.Ordinal).Select(run => new KeptByRun(run.Key, run.Value))],
            plan.Path.Count == 0 ? plan.Children : []);
    }

    private async IAsyncEnumerable<(RunId Root, GroupWrites Group)> GroupsAsync(
        UndoPlan plan, LogHeader header, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var root in plan.Roots())
        {
            var pieces = (await logs.GetIndexAsync(root, cancellationToken)).Pieces;
            await foreach (var group in logs.ReadAsync(root, pieces, cancellationToken))
                if (plan.Within.MayContain(header.Products[group.Product].Id, group.Date)) yield return (root, group);
        }
    }
}
