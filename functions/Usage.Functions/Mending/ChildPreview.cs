using Usage.Core.Issues;
using Usage.Core.Runs;

namespace Usage.Functions.Mending;

/// <summary>What a replay or fix would record.</summary>
/// <param name="Rows">That it records.</param>
/// <param name="Dates">On which a value becomes another.</param>
public sealed record ChildPreview(long Rows, IReadOnlyList<DateOnly> Dates)
{
    public static ChildPreview Nothing { get; } = new(0, []);

    public static ChildPreview Large { get; } = Nothing with { IsLarge = true };

    /// <summary>Its rows; those that would be superseded count as recorded.</summary>
    public RowCounts Counts { get; init; } = new();

    public ChangeCounts Changes { get; init; } = ChangeCounts.None;

    /// <summary>Why nothing would be recorded; null: nothing refuses it.</summary>
    public RunError? Error { get; init; }

    /// <summary>It wasn't counted to its end.</summary>
    public bool IsLarge { get; init; }

    /// <summary>How many values become others.</summary>
    public long Values => Changes.New + Changes.Changed + Changes.Removed;
}
