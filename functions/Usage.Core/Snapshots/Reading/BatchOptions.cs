namespace Usage.Core.Snapshots.Reading;

public sealed record BatchOptions
{
    /// <summary>As <see cref="Partitioning.Count"/> says for the whole file; the same for every batch of a run.</summary>
    public required int Partitions { get; init; }

    /// <summary>Rows up to this one are told in <see cref="BatchResult.Preview"/>; 0 outside of test runs.</summary>
    public long PreviewRows { get; init; }
}
