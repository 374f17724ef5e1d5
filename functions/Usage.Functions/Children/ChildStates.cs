using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Storage.Changes;

namespace Usage.Functions.Children;

/// <summary>
/// What becomes of values that a child's parent, or an earlier child, has written: of accounts that the child touches, what the merged
/// whole doesn't hold any more is taken back; what was undone of them stays undone.
/// </summary>
/// <param name="child">Its run.</param>
/// <param name="chain">The parent and earlier children.</param>
/// <param name="touched">By the child.</param>
public sealed class ChildStates(RunId child, IReadOnlyList<RunId> chain, TouchedAccounts touched)
{
    /// <summary>The parent and earlier children.</summary>
    public IReadOnlyList<RunId> Chain => chain;

    /// <summary>By the child.</summary>
    public TouchedAccounts Touched => touched;

    /// <summary>Whether somebody has undone what one of them wrote.</summary>
    public bool IsUndone(IEnumerable<KeptWrite> writes) => writes.Any(write =>
        chain.Contains(write.Writer.Run) && write.UndoneBy is { } undo && !chain.Contains(undo));

    /// <summary>Adds the values that are taken back to what is written of a group.</summary>
    /// <param name="writes">Of the group.</param>
    /// <param name="dimensions">Of its product, as the child numbers them.</param>
    /// <param name="stored">Of an account (ordinal) and a dimension (index), or null.</param>
    public GroupWrites WithTakenBack(
        GroupWrites writes, BlockHistory history, IReadOnlyList<DimensionId> dimensions, Func<int, AccountId?> account,
        Func<int, int, UsageValue?> stored)
    {
        var accounts = writes.Accounts.ToDictionary(one => one.Account);
        foreach (var ordinal in history.Accounts().Where(touched.Has))
        {
            if (account(ordinal) is not { } id) continue;
            var given = accounts.GetValueOrDefault(ordinal) ?? new AccountWrites(ordinal, [], []);
            var taken = new List<CellWrite>();
            for (var place = 0; place < dimensions.Count; place++)
            {
                if (given.Cells.Any(cell => cell.Dimension == place)) continue;
                var all = history.Of(ordinal, id, dimensions[place]).ToList();
                if (!all.Exists(IsChains)) continue;
                var value = BlockHistory.ValueOf(all.Select(write => IsChains(write) ? write with { UndoneBy = child } : write));
                taken.Add(new CellWrite(place, value, stored(ordinal, place), false, new CellSource(0, 1)) { TakenBack = true });
            }

            if (taken.Count > 0) accounts[ordinal] = given with { Cells = [.. given.Cells.Concat(taken).OrderBy(cell => cell.Dimension)] };
        }

        return writes with { Accounts = [.. accounts.Values.OrderBy(one => one.Account)] };
    }

    /// <summary>What counts as undone by the child, by the run that wrote it.</summary>
    public IEnumerable<(RunId Run, ChangeScope Value)> TakenBack(
        GroupWrites writes, LogProduct product, Func<int, AccountId?> account) =>
        from one in writes.Accounts
        where account(one.Account) is not null
        from cell in one.Cells
        where cell.TakenBack
        from run in chain
        select (run, new ChangeScope(account(one.Account), product.Id, writes.Date, product.Dimensions[cell.Dimension]));

    private bool IsChains(KeptWrite write) => chain.Contains(write.Writer.Run) && write.UndoneBy is null;
}
