using System.Runtime.CompilerServices;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;

namespace Usage.Functions.Children;

/// <summary>
/// Adds to what is merged for a child the groups of which its parent or an earlier child wrote something of an account that it touches, and
/// for which nothing is merged any more.
/// </summary>
public sealed class ChildGroups(RunLogs logs)
{
    /// <param name="merged">By block, then product, the latest date first.</param>
    /// <param name="chain">The parent and earlier children, which number products alike.</param>
    /// <param name="partition">Of all of them; null: every one.</param>
    /// <param name="touched">By the child.</param>
    public async IAsyncEnumerable<SnapshotGroup> WithWrittenAsync(
        IAsyncEnumerable<SnapshotGroup> merged, IReadOnlyList<RunId> chain, int? partition, TouchedAccounts touched,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var written = new MergedLogs();
        foreach (var run in chain)
        {
            if (await logs.FindIndexAsync(run, cancellationToken) is not { } index) continue;
            foreach (var pieces in index.Pieces.Where(piece => (partition ?? piece.Partition) == piece.Partition)
                .GroupBy(piece => piece.Partition))
                await written.AddAsync(run, logs.ReadAsync(run, pieces, cancellationToken)
                    .Where(group => group.Accounts.Any(account => touched.Has(account.Account))));
        }

        var next = await NextAsync(written);
        await foreach (var group in merged.WithCancellation(cancellationToken))
        {
            for (; next is not null && Order(next).CompareTo(Order(group)) < 0; next = await NextAsync(written)) yield return next;
            if (next is not null && Order(next) == Order(group)) next = await NextAsync(written);
            yield return group;
        }

        for (; next is not null; next = await NextAsync(written)) yield return next;
    }

    private static async Task<SnapshotGroup?> NextAsync(MergedLogs written) => await written.NextAsync() is [var (_, group), ..]
        ? new SnapshotGroup { Block = group.Block, Product = group.Product, Date = group.Date, Snapshots = [] } : null;

    private static (int Block, int Product, int Day) Order(SnapshotGroup group) => (group.Block, group.Product, -group.Date.DayNumber);
}
