using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Tests.Snapshots;

public sealed class EntryOrderTests
{
    [Theory]
    [InlineData(0, 1, 1, 1, 1)]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(3_000, 1, 100, 1, 1)]
    [InlineData(3_000, 2_000, 100, 1, 1)]
    [InlineData(3_000, 20, 100, 3, 40)]
    // More bits than fit into a number beside the index.
    [InlineData(3_000, 1 << 26, 100, 1 << 16, 3_652_000)]
    public void Entries_are_in_the_order_of_their_keys(int count, int blocks, int accounts, int products, int dates)
    {
        var random = new Random(11);
        var items = new EntryItem[count];
        for (var row = 0; row < count; row++)
        {
            var date = random.Next(dates);
            items[row] = new EntryItem(EntryKey.Of(random.Next(blocks), random.Next(accounts), random.Next(products), date, date + random.Next(3), row), row, 0);
        }

        var expected = items.OrderBy(item => item.Key).ToArray();
        using var order = new EntryOrder(items);
        Assert.Equal(expected, Enumerable.Range(0, count).Select(place => items[order[place]]));
    }

    [Fact]
    public void Bits_are_taken_out_the_same_way_with_and_without_the_processors_help()
    {
        var random = new Random(3);
        for (var i = 0; i < 1_000; i++)
        {
            var (value, mask) = ((ulong)random.NextInt64() * 2, (ulong)random.NextInt64() & (ulong)random.NextInt64());
            Assert.Equal(BitExtract.BitByBit(value, mask), BitExtract.Of(value, mask));
        }

        Assert.Equal(0b101UL, BitExtract.BitByBit(0b1000_0100, 0b1010_0100));
    }
}
