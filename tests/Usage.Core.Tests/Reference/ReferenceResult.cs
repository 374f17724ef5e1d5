using Usage.Core.Issues;
using Usage.Core.Runs;

namespace Usage.Core.Tests.Reference;

/// <summary>What a file must come to, said by an import that is slow and plain.</summary>
public sealed record ReferenceResult
{
    /// <summary>The code with which the file fails before anything of it is read; then nothing else counts.</summary>
    public required string? Undecided { get; init; }

    /// <summary>Cells for which the decimal separator was assumed.</summary>
    public required int Assumed { get; init; }

    /// <summary>By (account id, product id, date): what the table must hold if it was empty before.</summary>
    public required IReadOnlyDictionary<(string Account, string Product, DateOnly Date), ReferenceSnapshot> Snapshots { get; init; }

    /// <summary>Row 1 first.</summary>
    public required IReadOnlyList<ReferenceRow> Rows { get; init; }

    /// <summary>Partial rows of which nothing is kept, since only the latest date counts.</summary>
    public required int PassedOver { get; init; }

    /// <summary>Totals that lack a row.</summary>
    public required IReadOnlyList<ReferenceIncomplete> Incomplete { get; init; }

    /// <summary>How many rows each rule found the account of.</summary>
    public required IReadOnlyList<long> Matched { get; init; }

    /// <summary>The lines on which there are records that are no rows.</summary>
    public required IReadOnlyList<int> Ignored { get; init; }

    /// <summary>Metrics that no dimension names, in lower case, with the number of their rows.</summary>
    public required IReadOnlyList<(string Metric, long Rows)> IgnoredMetrics { get; init; }

    /// <summary>
    /// The code of the run's error when the policy refuses it; then nothing is written and the snapshots are what would have been.
    /// </summary>
    public required string? ErrorCode { get; init; }

    public required RunStatus Status { get; init; }

    public RowCounts Counts => new()
    {
        Read = Rows.Count,
        Recorded = Count(RowOutcome.Recorded),
        Superseded = Count(RowOutcome.Superseded),
        Empty = Count(RowOutcome.Empty),
        Partial = Count(RowOutcome.Partial),
        Unmatched = Count(RowOutcome.Unmatched),
        Ambiguous = Count(RowOutcome.Ambiguous),
        Invalid = Count(RowOutcome.Invalid),
    };

    private int Count(RowOutcome outcome) => Rows.Count(row => row.Outcome == outcome);
}

/// <param name="Values">By dimension id: double, string or bool; <see cref="ReferenceCells.Cleared"/> where it is taken away.</param>
public sealed record ReferenceSnapshot(IReadOnlyDictionary<string, object> Values, long Row);

/// <param name="Row">The first of the rows that it lacks.</param>
public sealed record ReferenceIncomplete(string Account, DateOnly Date, string Dimension, long Row, int Rows);

/// <param name="Findings">In the order of examination, one for each (column, code).</param>
public sealed record ReferenceRow(long Row, RowOutcome Outcome, string? Account, IReadOnlyList<(string Code, string? Column)> Findings);
