using Usage.Core.Runs;
using Usage.Core.Snapshots;

namespace Usage.Functions.Imports.Steps;

/// <summary>All that the last step knows of a run.</summary>
public sealed record RunFacts
{
    public required ImportMapping Mapping { get; init; }

    public required PlannedFile Planned { get; init; }

    public required Decision Decision { get; init; }

    public required ReadTotals Read { get; init; }

    public BatchTotals Totals => Read.Totals;

    public MergeTally Tally { get; init; } = new();

    /// <summary>Empty unless the run wrote.</summary>
    public MergeTally Written { get; init; } = new();

    public bool Cancelled { get; init; }

    public Changes Changes { get; init; } = new(0, 0, 0);

    public IReadOnlyList<RowPreview.Part> Preview { get; init; } = [];

    public PointTotals Points { get; init; } = new();

    public RunFacts With(PartitionResult partition)
    {
        Points.Add(partition.Points);
        return this with
        {
            Tally = Tally + partition.Tally,
            Written = partition.Written is { } written
                ? Written + new MergeTally { Snapshots = written.Snapshots, Values = written.Values, Dates = written.Dates }
                : Written,
            Cancelled = Cancelled || partition.Cancelled,
            Changes = Changes + partition.Changes,
            Preview = [.. Preview, .. partition.Preview],
        };
    }
}
