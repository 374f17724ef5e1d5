namespace Usage.Core.Issues;

/// <summary>What became of a row; every row has exactly one outcome.</summary>
public enum RowOutcome { Unmatched, Ambiguous, Invalid, Partial, Empty, Recorded, Superseded }

/// <summary>How many rows of each outcome; they add up to the rows read, or the run is failed.</summary>
public sealed record RowCounts
{
    public long Read { get; init; }

    public long Recorded { get; init; }

    public long Partial { get; init; }

    public long Unmatched { get; init; }

    public long Ambiguous { get; init; }

    public long Invalid { get; init; }

    public long Empty { get; init; }

    public long Superseded { get; init; }

    public bool AddUp() => Read == Recorded + Superseded + Empty + Rejected();

    /// <summary>Partial, unmatched, ambiguous and invalid rows: those in the rejected file and under the limits of a policy.</summary>
    public long Rejected() => Partial + Unmatched + Ambiguous + Invalid;

    public static RowCounts operator +(RowCounts a, RowCounts b) => new()
    {
        Read = a.Read + b.Read,
        Recorded = a.Recorded + b.Recorded,
        Partial = a.Partial + b.Partial,
        Unmatched = a.Unmatched + b.Unmatched,
        Ambiguous = a.Ambiguous + b.Ambiguous,
        Invalid = a.Invalid + b.Invalid,
        Empty = a.Empty + b.Empty,
        Superseded = a.Superseded + b.Superseded,
    };
}
