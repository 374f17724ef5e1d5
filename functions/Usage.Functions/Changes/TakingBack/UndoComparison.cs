using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>
/// Finds what becomes of values when an undo counts: each goes back to the latest write that stands then. One whose value comes from a run
/// with a later place stays as it is.
/// </summary>
/// <param name="plan">Of the undo.</param>
/// <param name="undo">Its run.</param>
/// <param name="index">Of the root's log.</param>
internal sealed class UndoComparison(
    UndoPlan plan, RunId undo, LogIndex index, RosterSnapshot roster, UsageTables tables, SnapshotDateIndex dates, DateWriters writers,
    BlockHistories histories)
{
    private readonly Dictionary<(ProductId, DateOnly), Task<Found>> _dates = [];
    private readonly GroupTarget[] _targets = GroupTarget.Of(index.Header, roster.IdOf);

    /// <param name="Writes">Of all values that are taken back, those that stay the same too.</param>
    /// <param name="Stored">Of what is to be sent.</param>
    /// <param name="Kept">How many values stay, by the run with a later place that wrote them.</param>
    public sealed record Compared(GroupWrites Writes, StoredBlock Stored, IReadOnlyDictionary<RunId, long> Kept);

    /// <param name="IsLogged">All that was written of the date is in some run's log.</param>
    private sealed record Found(
        bool IsLogged, IReadOnlyList<DateWriter> Writers, IReadOnlyDictionary<RunId, Undone> Before,
        IReadOnlyDictionary<RunId, Undone> After);

    /// <param name="root">One of the plan's.</param>
    /// <param name="group">That it wrote.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Compared> CompareAsync(RunId root, GroupWrites group, CancellationToken cancellationToken)
    {
        var (product, cells) = (index.Header.Products[group.Product], Within(group).ToList());
        if (cells.Count == 0) return new Compared(group with { Accounts = [] }, StoredBlock.Nothing, new Dictionary<RunId, long>());
        var date = await FindAsync(product.Id, group.Date, cancellationToken);
        var before = await histories.LoadAsync(product.Id, group.Date, group.Block, date.Writers, date.Before, cancellationToken);
        var after = before.With(date.After);
        // What an earlier root of the same undo has taken back is in the table only.
        var stored = root == plan.Root && date.IsLogged && before.IsComplete ? null : await StoredBlock.LoadAsync(
            tables, group.Block, product.Id, group.Date, [.. cells.Select(cell => cell.Account).Distinct()], cancellationToken);
        var (accounts, kept) = (new List<AccountWrites>(), new Dictionary<RunId, long>());
        foreach (var account in cells.GroupBy(cell => (cell.Ordinal, cell.Account)))
        {
            var writes = new List<CellWrite>();
            foreach (var (ordinal, id, dimension) in account)
            {
                var was = before.Of(ordinal, id, product.Dimensions[dimension]).ToList();
                var becomes = after.Of(ordinal, id, product.Dimensions[dimension]).ToList();
                if (Standing(was).SequenceEqual(Standing(becomes)) || IsEarlier(root, was)) continue;
                if (Later(date, becomes, after) is { } later) kept[later] = kept.GetValueOrDefault(later) + 1;
                else
                    writes.Add(new CellWrite(
                        dimension, BlockHistory.ValueOf(becomes),
                        stored is null ? BlockHistory.ValueOf(was) : stored.Find(id, product.Dimensions[dimension]), false,
                        new CellSource(0, 1)));
            }

            if (writes.Count > 0) accounts.Add(new AccountWrites(account.Key.Ordinal, [], writes));
        }

        var taken = group with { Accounts = accounts };
        return new Compared(taken, stored ?? StoredBlock.Of(before, _targets[group.Product], taken), kept);
    }

    private IEnumerable<(int Ordinal, AccountId Account, int Dimension)> Within(GroupWrites group)
    {
        var product = index.Header.Products[group.Product];
        foreach (var writes in group.Accounts)
        {
            if (roster.IdOf(writes.Account) is not { } account) continue;
            foreach (var cell in writes.Cells)
                if (plan.Within.Contains(account, product.Id, group.Date, product.Dimensions[cell.Dimension]))
                    yield return (writes.Account, account, cell.Dimension);
        }
    }

    private static IEnumerable<bool> Standing(IEnumerable<KeptWrite> writes) => writes.Select(write => write.UndoneBy is null);

    /// <summary>Whether the value was among those of a root before this one.</summary>
    private bool IsEarlier(RunId root, List<KeptWrite> writes) =>
        plan.Roots().TakeWhile(earlier => earlier != root).Any(earlier => writes.Exists(write => write.Writer.Run == earlier));

    /// <summary>The run with a later place than the root's whose write the value stands for.</summary>
    private RunId? Later(Found date, List<KeptWrite> writes, BlockHistory history)
    {
        var place = date.Writers.Last(writer => plan.Roots().Contains(writer.Run)).Place;
        return (BlockHistory.After(place, writes) ?? history.UnknownAfter(place))?.Run;
    }

    private Task<Found> FindAsync(ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        lock (_dates)
        {
            if (!_dates.TryGetValue((product, date), out var found))
                _dates.Add((product, date), found = LoadAsync(product, date, cancellationToken));
            return found;
        }
    }

    private async Task<Found> LoadAsync(ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        var isLogged = (await dates.MapAsync(product, date, date, cancellationToken)).GetValueOrDefault(date);
        var found = await writers.ListAsync(product, date, date, cancellationToken);
        // A preview is asked for an undo that isn't there yet; an undo at work is there already.
        var now = (await histories.UndoneAsync(found, cancellationToken)).ToDictionary(pair => pair.Key, pair => pair.Value.Without(undo));
        var with = new Undone.By(undo, plan.Scope, Undone.Nothing);
        var then = now.ToDictionary(pair => pair.Key, pair => pair.Value.With(pair.Key, plan.Targets(), with));
        return new Found(isLogged, found, now, then);
    }
}
