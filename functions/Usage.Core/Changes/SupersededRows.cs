using System.Buffers;
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
    /// <summary>One array for each partition that is written at the same time.</summary>
    private static readonly ArrayPool<ushort> Places = ArrayPool<ushort>.Create(1 << 23, 8);

    private readonly RowBits _standing = new(rows);
    private readonly RowBits _below = new(rows);
    private readonly List<RunId> _runs = [];

    /// <summary>By row the place of the later run among all of them, where the row has a value below; made when there is one.</summary>
    private ushort[] _newer = [];

    /// <summary>Clean rows of which some value stands.</summary>
    public long Recorded => _standing.Count();

    /// <summary>The same rows, as <see cref="RowSet.Pack"/> has them.</summary>
    public byte[] RecordedRows => RowSet.Pack(_standing.Rows());

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

            if (_newer.Length == 0) _newer = Places.Rent((int)rows + 1);
            _below.Set(share.Row);
            _newer[share.Row] = PlaceOf(run);
        }
    }

    /// <summary>The rows that are superseded so, by the run that has written the last of their values.</summary>
    public IReadOnlyList<NewerRows> ToRows() =>
    [
        .. _runs.Select((run, place) => new NewerRows(run, RowSet.Pack(Rows().Where(row => _newer[row] == place))))
            .Where(newer => newer.Rows.Length > 0),
    ];

    /// <returns>Null when there is no such row.</returns>
    public RunIssue? ToIssue()
    {
        var count = _below.CountWithout(_standing);
        if (count == 0) return null;
        var samples = Rows().Take(RunIssue.MaxSamples).Select(row => new IssueSample(row, null, null, Message(row, _runs[_newer[row]])));
        return new RunIssue { Code = IssueCode.NewerValue, Severity = Severity.Warning, Count = count, Samples = [.. samples] };
    }

    /// <param name="newer">The run that has written its values since.</param>
    public static string Message(long row, RunId newer) =>
        Invariant($"row {row}: found values older than those of run {newer}, whose file arrived later; its values stay, and ")
        + "those of this row come to light when that run is undone";

    public void Dispose()
    {
        _standing.Dispose();
        _below.Dispose();
        if (_newer.Length > 0) Places.Return(_newer);
        _newer = [];
    }

    private IEnumerable<long> Rows() => _below.Rows().Where(row => !_standing.Has(row));

    private ushort PlaceOf(RunId run)
    {
        var place = _runs.IndexOf(run);
        if (place < 0)
        {
            _runs.Add(run);
            place = _runs.Count - 1;
        }

        return checked((ushort)place);
    }
}

/// <summary>Rows of a late file that recorded nothing, since one run has written all that they give.</summary>
/// <param name="Run">The run whose file arrived later.</param>
/// <param name="Rows">As <see cref="RowSet.Pack"/> has them.</param>
public sealed record NewerRows(RunId Run, byte[] Rows);
