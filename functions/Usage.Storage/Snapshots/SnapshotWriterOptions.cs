namespace Usage.Storage.Snapshots;

public sealed record SnapshotWriterOptions
{
    /// <summary>Table transactions of this process under way at the same time.</summary>
    public int TransactionsAtOnce { get; init; } = 4;
}
