using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Reports;
using Usage.Core.Snapshots;

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

    public Changes Changes { get; init; } = Changes.None;

    /// <summary>Of what was written, or would be.</summary>
    public IReadOnlyList<RunIssue> Warnings { get; init; } = [];

    public IReadOnlyList<RowPreview.Part> Preview { get; init; } = [];

    /// <summary>By product and date.</summary>
    public IReadOnlyList<DatePoints> Points { get; init; } = [];
}

public sealed record WrittenTally(long Snapshots, long Values, IReadOnlyList<DateTally> Dates);

/// <param name="Stats">Null when there were too many figures to keep: the date is counted from what is stored.</param>
public sealed record DatePoints(ProductId Product, DateOnly Date, IReadOnlyDictionary<DimensionId, PointStats>? Stats);
