using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports.Writing;

/// <summary>Adds up what was written of a partition: for the run, and for report points.</summary>
/// <param name="rows">Of the file.</param>
/// <param name="account">The id of an account by its ordinal.</param>
internal sealed class WrittenGroups(ImportMapping mapping, WriteBasis basis, long rows, Func<int, AccountId?> account) : IDisposable
{
    private readonly SupersededRows? _superseded = basis.IsLate() ? new SupersededRows(rows) : null;
    private readonly IssueLog _warnings = new();
    private readonly DateFigures _figures = new(mapping, basis);
    private ChangeCounts _changes = ChangeCounts.None;
    private bool _passed;

    /// <summary>Of a late file every row is asked for.</summary>
    public static long SharesOf(WriteBasis basis) => basis.IsLate() ? long.MaxValue : 0;

    public void Add(IReadOnlyList<SnapshotGroup> piece, IReadOnlyList<BlockStates.Compared> compared)
    {
        foreach (var (group, writes) in piece.Zip(compared)) Add(group, writes.Writes, writes.Newer);
    }

    /// <param name="piece">As it was merged.</param>
    /// <param name="told">The same, as an attempt before has told it.</param>
    /// <param name="without">Places of groups that could not be written.</param>
    public void Add(IReadOnlyList<SnapshotGroup> piece, IReadOnlyList<GroupWrites> told, IReadOnlyList<int> without)
    {
        for (var place = 0; place < piece.Count; place++)
        {
            if (without.Contains(place)) Pass([piece[place]]);
            else Add(piece[place], told[place], NewerOf(piece[place], told[place]));
        }
    }

    /// <summary>What isn't written: its rows count all the same.</summary>
    public void Pass(IReadOnlyList<SnapshotGroup> piece)
    {
        _passed = true;
        foreach (var group in piece) _superseded?.Add(group, (_, _) => null);
    }

    /// <param name="tally">Of all that was merged.</param>
    /// <param name="recorded">The rows that it counts, packed.</param>
    /// <param name="cancelled">Somebody asked to cancel.</param>
    /// <param name="pieces">Where it is told what was written.</param>
    public PartitionResult ToResult(MergeTally tally, byte[] recorded, bool cancelled, IReadOnlyList<LogPiece> pieces)
    {
        if (_superseded?.ToIssue() is { } superseded) _warnings.Merge([superseded]);
        return new PartitionResult
        {
            Tally = _superseded is null ? tally : tally with { RecordedRows = _superseded.Recorded },
            Recorded = _superseded?.RecordedRows ?? recorded,
            Newer = _superseded?.ToRows() ?? [],
            Cancelled = cancelled || _passed,
            Written = _figures.ToTally(),
            Changes = _changes,
            Warnings = _warnings.ToIssues(),
            Points = _figures.ToPoints(),
            Pieces = pieces,
        };
    }

    public void Dispose() => _superseded?.Dispose();

    private void Add(SnapshotGroup group, GroupWrites writes, Func<int, int, RunId?> newer)
    {
        _superseded?.Add(group, newer);
        _changes += GroupComparison.Count(writes);
        _figures.Add(writes);
        if (group.Incomplete.Count == 0) return;
        var standing = group with { Incomplete = [.. group.Incomplete.Where(total => newer(total.Account, total.Dimension) is null)] };
        IncompleteTotals.Count(_warnings, mapping, standing, account);
    }

    private Func<int, int, RunId?> NewerOf(SnapshotGroup group, GroupWrites told)
    {
        var superseded = told.Accounts
            .SelectMany(writes => writes.Cells.Where(cell => cell.Superseded).Select(cell => (writes.Account, cell.Dimension))).ToHashSet();
        var newest = superseded.Count == 0 ? null : basis.Find(mapping.Products[group.Product].Id, group.Date)?.Writers[^1].Run;
        return (ordinal, dimension) => superseded.Contains((ordinal, dimension)) ? newest : null;
    }
}
