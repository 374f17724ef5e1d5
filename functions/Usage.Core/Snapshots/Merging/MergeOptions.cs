namespace Usage.Core.Snapshots.Merging;

public sealed record MergeOptions
{
    /// <summary>Rows read in the whole file; a bit is kept for each while a partition is merged.</summary>
    public required long Rows { get; init; }

    /// <summary>Shares of the rows up to this one are told with each group; 0 outside of test runs.</summary>
    public long PreviewRows { get; init; }
}
