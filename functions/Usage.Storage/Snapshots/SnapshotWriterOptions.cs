namespace Usage.Storage.Snapshots;

public sealed record SnapshotWriterOptions
{
    /// <summary>Table transactions of this process under way at the same time.</summary>
    public int TransactionsAtOnce { get; init; } = 4;

    /// <summary>Table Storage takes 4 MiB a request; this leaves room for what an estimate misses.</summary>
    public long TransactionBytes { get; init; } = 3 << 20;
}
