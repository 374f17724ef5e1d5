using Usage.Core.Issues;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Counts rows by outcome. Recorded and superseded rows are both accepted here; the merge distinguishes them.</summary>
internal sealed class RowCounter
{
    private readonly long[] _counts = new long[Enum.GetValues<RowOutcome>().Length];

    public long Total { get; private set; }

    public long Accepted => _counts[(int)RowOutcome.Recorded];

    public void Add(RowOutcome outcome)
    {
        _counts[(int)outcome]++;
        Total++;
    }

    public RowCounts ToCounts() => new()
    {
        Read = Total,
        Partial = _counts[(int)RowOutcome.Partial],
        Unmatched = _counts[(int)RowOutcome.Unmatched],
        Ambiguous = _counts[(int)RowOutcome.Ambiguous],
        Invalid = _counts[(int)RowOutcome.Invalid],
        Empty = _counts[(int)RowOutcome.Empty],
    };
}
