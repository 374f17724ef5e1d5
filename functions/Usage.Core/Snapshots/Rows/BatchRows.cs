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

    /// <summary>
    /// The rows that a replay or fix is about, as <see cref="Merging.RowSet.Pack"/> has them; it has read the others for the merge, and
    /// nothing is told of them but their accounts. Null: all rows are.
    /// </summary>
    public byte[]? Own { get; init; }

    public required long Length { get; init; }
}

/// <param name="Column">Null for the row as a whole.</param>
public sealed record RowFinding(string Code, string? Column);
