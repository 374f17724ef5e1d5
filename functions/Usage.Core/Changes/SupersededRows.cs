using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using static System.FormattableString;

namespace Usage.Core.Changes;

/// <summary>
/// Finds the rows of a late file that recorded nothing, since a run with a later place has written all that they give: one bit a row says
/// whether some value of it stands.
/// </summary>
public sealed class SupersededRows(long rows) : IDisposable
{
    /// <summary>Rows for which the later run is remembered; of them the first few are shown.</summary>
    private const int MaxRemembered = 1_000;

    private readonly RowBits _standing = new(rows);
    private readonly RowBits _below = new(rows);
    private readonly SortedDictionary<long, RunId> _newer = [];

    /// <summary>Clean rows of which some value stands.</summary>
    public long Recorded => _standing.Count();

    /// <param name="group">With the shares of all its rows.</param>
    /// <param name="newer">The run that has written a value (ordinal, dimension) since; null: it stands.</param>
    public void Add(SnapshotGroup group, Func<int, int, RunId?> newer)
    {
        foreach (var share in group.Shares)
        {
            if (!share.Clean) continue;
            if (newer(share.Account, share.Dimension) is not { } run)
            {
                _standing.Set(share.Row);
                continue;
            }

            _below.Set(share.Row);
            _newer[share.Row] = run;
            if (_newer.Count > MaxRemembered) _newer.Remove(_newer.Keys.Last());
        }
    }

    /// <returns>Null when there is no such row.</returns>
    public RunIssue? ToIssue()
    {
        var count = _below.CountWithout(_standing);
        if (count == 0) return null;
        var samples = _newer.Where(row => !_standing.Has(row.Key)).Take(RunIssue.MaxSamples).Select(row => new IssueSample(
            row.Key, null, null,
            Invariant($"row {row.Key}: found values older than those of run {row.Value}, whose file arrived later; its values stay, and ")
                + "those of this row come to light when that run is undone"));
        return new RunIssue { Code = IssueCode.NewerValue, Severity = Severity.Warning, Count = count, Samples = [.. samples] };
    }

    public void Dispose()
    {
        _standing.Dispose();
        _below.Dispose();
    }
}
