using Usage.Core.Ids;
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

    /// <summary>Of the values that its rows give; products without any are not there.</summary>
    public required IReadOnlyList<DateSpan> Dates { get; init; }

    public required long SeveralAt { get; init; }

    public required long MarksAt { get; init; }

    public required long FoundAt { get; init; }

    public required long Length { get; init; }
}

/// <param name="Column">Null for the row as a whole.</param>
public sealed record RowFinding(string Code, string? Column);

/// <summary>The first and the last date of a product.</summary>
public sealed record DateSpan(ProductId Product, DateOnly First, DateOnly Last)
{
    public bool Has(DateOnly date) => date >= First && date <= Last;
}
