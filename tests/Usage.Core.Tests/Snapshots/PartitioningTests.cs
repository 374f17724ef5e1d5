using Usage.Core.Snapshots;

namespace Usage.Core.Tests.Snapshots;

public sealed class PartitioningTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(50_000, 1_000_000, 1)]
    [InlineData(50_001, 1_000_000, 2)]
    [InlineData(5_000_000, 1_000_000, 100)]
    [InlineData(50_000_000, 1_000_000, 100)]
    [InlineData(5_000_000, 101, 2)]
    public void One_partition_for_50_000_rows_and_no_more_than_blocks(long rows, int accounts, int partitions) =>
        Assert.Equal(partitions, Partitioning.Count(rows, accounts));
}
