using Usage.Core.Issues;

namespace Usage.Core.Snapshots.Rows;

/// <summary>What of a batch's rows is known without looking into its table, and where the table's parts begin, in bytes.</summary>
public sealed record BatchRows
{
    /// <summary>Recorded and superseded are 0 here: together they are <see cref="Accepted"/>.</summary>
    public required RowCounts Counts { get; init; }

    public required long Accepted { get; init; }

    /// <summary>Each code and column that was found, numbered by its place.</summary>
    public required IReadOnlyList<RowFinding> Findings { get; init; }

    /// <inheritdoc cref="BatchResult.Spans"/>
    public required IReadOnlyList<DateSpan> Dates { get; init; }

    public required long SeveralAt { get; init; }

    public required long MarksAt { get; init; }

    public required long FoundAt { get; init; }

    /// <summary>0 in what was kept before it was told.</summary>
    public long OwnAt { get; init; }

    /// <summary>All rows are the run's own: false for a replay or fix that is about some of them, or about none.</summary>
    public bool IsOwn { get; init; } = true;

    public required long Length { get; init; }

    // A method, since properties are kept.
    public long FoundBytes() => (OwnAt == 0 ? Length : OwnAt) - FoundAt;
}

/// <param name="Column">Null for the row as a whole.</param>
public sealed record RowFinding(string Code, string? Column);
