namespace Usage.Core.Snapshots;

/// <summary>
/// Decides where an account's snapshots are stored and which activity merges them. 100 accounts by ordinal make a block, as large as
/// one table transaction; a partition is every P-th block, so that an account is in one partition only and neighbours are spread.
/// </summary>
public static class Partitioning
{
    public const int BlockSize = 100;

    public const int DefaultRowsPerPartition = 50_000;

    public const int MaxPartitions = 100;

    public static int Block(int ordinal) => ordinal / BlockSize;

    /// <summary>How many blocks the accounts take; at least 1.</summary>
    public static int Blocks(int accounts) => Math.Max(1, (accounts + BlockSize - 1) / BlockSize);

    /// <summary>One for every so many rows, from 1 to 100, and never more than there are blocks.</summary>
    /// <param name="accounts">The highest ordinal plus one: deleted accounts keep theirs.</param>
    public static int Count(long rows, int accounts, int rowsPerPartition = DefaultRowsPerPartition)
    {
        var wanted = (int)Math.Clamp((rows + rowsPerPartition - 1) / rowsPerPartition, 1, MaxPartitions);
        return Math.Min(wanted, Blocks(accounts));
    }
}
