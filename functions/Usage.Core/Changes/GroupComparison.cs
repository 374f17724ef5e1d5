using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Values;

namespace Usage.Core.Changes;

/// <summary>Compares what a file gives with what is stored.</summary>
public static class GroupComparison
{
    /// <param name="group">Merged from the file.</param>
    /// <param name="isThere">Whether an account (ordinal) still is; what the file gives those that aren't is dropped.</param>
    /// <param name="stored">The stored value of an account (ordinal) and a dimension (index), or null.</param>
    /// <param name="isSuperseded">Whether a run with a later place has written it.</param>
    /// <param name="isGiven">Whether the value is written at all; null: all are.</param>
    public static GroupWrites Compare(
        SnapshotGroup group, Func<int, bool> isThere, Func<int, int, UsageValue?> stored, Func<int, int, bool> isSuperseded,
        Func<int, int, bool>? isGiven = null)
    {
        var accounts = new List<AccountWrites>(group.Snapshots.Count);
        foreach (var snapshot in group.Snapshots)
        {
            if (!isThere(snapshot.Account)) continue;
            var cells = Cells(snapshot, stored, isSuperseded);
            if (isGiven is not null) cells.RemoveAll(cell => !isGiven(snapshot.Account, cell.Dimension));
            if (cells.Count > 0) accounts.Add(new AccountWrites(snapshot.Account, Rows(snapshot), cells));
        }

        return new GroupWrites(group.Product, group.Date, group.Block, accounts);
    }

    public static ChangeCounts Count(GroupWrites group)
    {
        var (made, changed, unchanged, removed) = (0, 0, 0, 0);
        foreach (var cell in group.Accounts.SelectMany(account => account.Cells))
        {
            if (cell.Kind == WriteKind.New) made++;
            else if (cell.Kind == WriteKind.Changed) changed++;
            else if (cell.Kind == WriteKind.Unchanged) unchanged++;
            else if (cell.Kind == WriteKind.Removed) removed++;
        }

        return new ChangeCounts(made, changed, unchanged, removed);
    }

    private static IReadOnlyList<MergedRow> Rows(MergedSnapshot snapshot) =>
        snapshot.Rows.Count > 0 ? snapshot.Rows : [new MergedRow(snapshot.Row, snapshot.MatchedBy, Refused: false)];

    private static List<CellWrite> Cells(
        MergedSnapshot snapshot, Func<int, int, UsageValue?> stored, Func<int, int, bool> isSuperseded)
    {
        var cells = new List<CellWrite>(snapshot.Count());
        var values = snapshot.Values.Span;
        for (var dimension = 0; dimension < values.Length; dimension++)
        {
            if (values[dimension] is null && !snapshot.Cleared.Contains(dimension)) continue;
            var source = snapshot.Sources.Count > 0 ? snapshot.Sources[dimension] : new CellSource(snapshot.Row, 1);
            cells.Add(new CellWrite(
                dimension, values[dimension], stored(snapshot.Account, dimension), isSuperseded(snapshot.Account, dimension), source));
        }

        return cells;
    }
}
