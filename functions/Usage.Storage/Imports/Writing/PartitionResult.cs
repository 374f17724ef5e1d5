using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Reports;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;

namespace Usage.Storage.Imports.Writing;

/// <summary>What became of one partition.</summary>
public sealed record PartitionResult
{
    /// <summary>Of all that was merged.</summary>
    public required MergeTally Tally { get; init; }

    /// <summary>Somebody asked to cancel: only what <see cref="Written"/> says was written.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Null when nothing was written, as outside of an import.</summary>
    public WrittenTally? Written { get; init; }

    public ChangeCounts Changes { get; init; } = ChangeCounts.None;

    /// <summary>Where what was written is told.</summary>
    public IReadOnlyList<LogPiece> Pieces { get; init; } = [];

    /// <summary>Of what was written, or would be.</summary>
    public IReadOnlyList<RunIssue> Warnings { get; init; } = [];

    public IReadOnlyList<RowPreview.Part> Preview { get; init; } = [];

    /// <summary>The rows that <see cref="MergeTally.RecordedRows"/> counts, packed.</summary>
    public byte[] Recorded { get; init; } = [];

    /// <summary>Of a late file: rows that are below what later runs wrote.</summary>
    public IReadOnlyList<NewerRows> Newer { get; init; } = [];

    /// <summary>By product and date.</summary>
    public IReadOnlyList<DatePoints> Points { get; init; } = [];
}

public sealed record WrittenTally(long Snapshots, long Values, IReadOnlyList<DateTally> Dates)
{
    public static MergeTally operator +(MergeTally all, WrittenTally part) =>
        all + new MergeTally { Snapshots = part.Snapshots, Values = part.Values, Dates = part.Dates };
}

/// <summary>A date of which something became another.</summary>
/// <param name="Stats">All that is stored; null when others wrote it too, or there were too many figures to keep: it is counted.</param>
public sealed record DatePoints(ProductId Product, DateOnly Date, IReadOnlyDictionary<DimensionId, PointStats>? Stats);
