using Usage.Benchmarks.Scale;
using Usage.Core.Snapshots;

namespace Usage.Storage.Tests.Snapshots;

/// <summary>Several storage accounts, each with a range of blocks: the keys have room for them.</summary>
public sealed class DataAccountsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(199_999, 0)]
    [InlineData(200_000, 1)]
    [InlineData(299_999, 1)]
    [InlineData(300_000, 2)]
    [InlineData(int.MaxValue, 2)]
    public void Block_is_in_the_account_whose_range_it_is_in(int block, int place) =>
        Assert.Equal(place, new DataAccounts([0, 200_000, 300_000]).Of(block));

    /// <summary>As many as there were stay where they are, whatever comes behind them.</summary>
    [Fact]
    public void Nothing_that_is_stored_moves_when_an_account_is_added()
    {
        var (before, after) = (new DataAccounts([0, 1_000]), new DataAccounts([0, 1_000, 5_000]));
        Assert.All(Enumerable.Range(0, 5_000), block => Assert.Equal(before.Of(block), after.Of(block)));
        Assert.All(Enumerable.Range(5_000, 100), block => Assert.Equal(2, after.Of(block)));
    }

    /// <summary>A transaction has one partition, a partition one block, a block one storage account.</summary>
    [Fact]
    public void Accounts_of_one_transaction_are_in_one_storage_account()
    {
        var several = new DataAccounts([0, 1, 2, 7]);
        Assert.All(
            Enumerable.Range(0, 10 * Partitioning.BlockSize).GroupBy(Partitioning.Block),
            block => Assert.Single(block.Select(ordinal => several.Of(Partitioning.Block(ordinal))).Distinct()));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 0, 5, 5 })]
    [InlineData(new[] { 0, 9, 3 })]
    public void Ranges_that_leave_a_block_without_a_place_are_refused(int[] firstBlocks) =>
        Assert.Throws<ArgumentException>(() => new DataAccounts(firstBlocks));
}
