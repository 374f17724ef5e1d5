using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Core.Issues;

namespace Usage.Core.Snapshots;

/// <summary>
/// The result of reading one batch; its rows are in blobs. Those of a whole run add up to <see cref="BatchTotals"/>.
/// </summary>
public sealed record BatchResult
{
    /// <summary>The batch's place in the plan.</summary>
    public required int Index { get; init; }

    /// <summary>Recorded and superseded are 0 here, since only the merge knows them.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>Rows without a bad cell and with some value: what will be recorded or superseded.</summary>
    public required long Accepted { get; init; }

    /// <summary>One for each partition.</summary>
    public required IReadOnlyList<PartitionSlice> Slices { get; init; }

    public IReadOnlyList<RunIssue> Issues { get; init; } = [];

    /// <summary>Where the identifiers of waiting rows are in the batch's blob of them.</summary>
    public IReadOnlyList<WaitingPiece> Waiting { get; init; } = [];

    /// <summary>How many rows each of the integration's rules found the account of.</summary>
    public IReadOnlyList<long> Matched { get; init; } = [];

    /// <summary>
    /// Snapshot dates for which some row of the batch has an accepted value; without history not all of them will be written.
    /// </summary>
    public IReadOnlyList<ProductDates> Dates { get; init; } = [];

    /// <summary>Of a replay or fix: the accounts (ordinals) whose values it may change.</summary>
    public IReadOnlyList<int> Touched { get; init; } = [];

    /// <summary>Of each product that its rows give values, or cells that were refused and that a total lacks.</summary>
    public IReadOnlyList<DateSpan> Spans { get; init; } = [];

    /// <summary>Rows of the preview that lie in this batch; empty outside of test runs.</summary>
    public IReadOnlyList<PreviewRow> Preview { get; init; } = [];
}

/// <summary>Ascending, each date once.</summary>
public sealed record ProductDates(ProductId Product, IReadOnlyList<DateOnly> Dates);

/// <summary>Where a partition's entries are in a batch's blob of entries; a length of 0 needs no download.</summary>
/// <param name="Entries">Those with a value; others only tell of refused cells.</param>
public readonly record struct PartitionSlice(long Offset, long Length, long Entries);

/// <summary>The first and the last date of a product.</summary>
public sealed record DateSpan(ProductId Product, DateOnly First, DateOnly Last)
{
    public bool Has(DateOnly date) => date >= First && date <= Last;
}
