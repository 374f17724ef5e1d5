using Usage.Core.Changes;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports.Ending;

/// <summary>All that is known of a run when it is finished.</summary>
public sealed record RunFacts
{
    public required ImportMapping Mapping { get; init; }

    public required PlannedFile Planned { get; init; }

    public required Decision Decision { get; init; }

    public required ReadTotals Read { get; init; }

    public BatchTotals Totals => Read.Totals;

    public FileContent Content => new(Planned.Plan.Sha256, Mapping.Integration.Version);

    public MergeTally Tally { get; init; } = new();

    /// <summary>Empty unless the run wrote.</summary>
    public MergeTally Written { get; init; } = new();

    public bool Cancelled { get; init; }

    /// <summary>Where what was written is told.</summary>
    public IReadOnlyList<LogPiece> Pieces { get; init; } = [];

    public ChangeCounts Changes { get; init; } = ChangeCounts.None;

    /// <summary>Of what was written, or would be.</summary>
    public IReadOnlyList<RunIssue> Warnings { get; init; } = [];

    public IReadOnlyList<RowPreview.Part> Preview { get; init; } = [];

    /// <summary>The rows that <see cref="Tally"/> counts as recorded, of each partition.</summary>
    public IReadOnlyList<byte[]> Recorded { get; init; } = [];

    /// <summary>Rows that are below what later runs wrote.</summary>
    public IReadOnlyList<NewerRows> Newer { get; init; } = [];

    public PointTotals Points { get; init; } = new();

    public RunFacts With(PartitionResult partition)
    {
        Points.Add(partition.Points);
        var warnings = new IssueLog(Warnings);
        warnings.Merge(partition.Warnings);
        return this with
        {
            Tally = Tally + partition.Tally,
            Written = partition.Written is { } written ? Written + written : Written,
            Cancelled = Cancelled || partition.Cancelled,
            Changes = Changes + partition.Changes,
            Pieces = [.. Pieces, .. partition.Pieces],
            Warnings = warnings.ToIssues(),
            Preview = [.. Preview, .. partition.Preview],
            Recorded = [.. Recorded, partition.Recorded],
            Newer = [.. Newer, .. partition.Newer],
        };
    }
}
