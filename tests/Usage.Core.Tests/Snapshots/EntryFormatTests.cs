using System.Text;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Tests.Snapshots;

public sealed class EntryFormatTests
{
    [Fact]
    public async Task What_is_written_is_read_back()
    {
        using var buffer = new EntryBuffer(firstRow: 4_999_999, partitions: 3, blocks: 20_000);
        buffer.AddNumber(0, -0.125);
        buffer.AddText(239, Encoding.UTF8.GetBytes("Größe 😀"));
        buffer.AddBoolean(2, true);
        buffer.AddBoolean(3, false);
        buffer.AddCleared(31);
        buffer.AddRefused(238);
        buffer.AddEntry(ordinal: 1_999_907, product: 65_535, date: 3_652_058, cellDate: 3_652_058, row: 5_000_000);
        buffer.KeepRow(clean: true, default);

        var (bytes, slices) = Write(buffer);
        var partition = Partitioning.Block(1_999_907) % 3;
        Assert.Equal([1, 0, 0], slices.Select(slice => slice.Entries).OrderDescending());
        using var reader = new EntryReader(Slice(bytes, slices[partition]));
        Assert.True(await reader.ReadAsync(CancellationToken.None));
        var key = reader.Key;
        Assert.Equal((19_999, 7, 65_535, 3_652_058, 3_652_058, 5_000_000),
            (key.Block, key.AccountInBlock, key.Product, key.Date, key.CellDate, key.Row));
        Assert.True(reader.Clean);
        Assert.Equal(["0 -0.125", "239 Größe 😀", "2 True", "3 False", "31 cleared", "238 refused"], Values(reader));
        Assert.False(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Dropped_rows_and_values_leave_no_trace()
    {
        using var buffer = new EntryBuffer(1, 1, 1);
        buffer.AddNumber(0, 1);
        buffer.DropValues();
        buffer.AddNumber(1, 2);
        buffer.AddEntry(0, 0, 5, 5, 1);
        Assert.True(buffer.KeepRow(clean: false, default));
        buffer.AddNumber(2, 3);
        buffer.AddEntry(0, 0, 5, 5, 2);
        buffer.AddNumber(3, 4);
        buffer.DropRow();
        Assert.False(buffer.KeepRow(clean: true, default));

        var (bytes, slices) = Write(buffer);
        using var reader = new EntryReader(Slice(bytes, slices[0]));
        Assert.True(await reader.ReadAsync(CancellationToken.None));
        Assert.False(reader.Clean);
        Assert.Equal(["1 2"], Values(reader));
        Assert.False(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Refusals_travel_and_are_no_values()
    {
        using var buffer = new EntryBuffer(1, 1, 1);
        buffer.AddNumber(0, 1);
        buffer.AddUndated(0, 0, 1);
        Assert.False(buffer.KeepRow(clean: false, default));
        buffer.AddRefused(0);
        buffer.AddEntry(0, 0, 5, 5, 2);
        Assert.False(buffer.KeepRow(clean: false, default));
        buffer.AddRefused(0);
        buffer.AddNumber(1, 2);
        buffer.AddEntry(0, 0, 7, 7, 3);
        Assert.True(buffer.KeepRow(clean: false, default));

        var (bytes, slices) = Write(buffer);
        Assert.Equal(1, slices[0].Entries);
        Assert.Equal([(0, DateOnly.FromDayNumber(7))], buffer.Dates().SelectMany(seen => seen.Dates.Select(date => (seen.Product, date))));
        using var reader = new EntryReader(Slice(bytes, slices[0]));
        var read = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None)) read.Add($"{reader.Key.Row}: {string.Join(", ", Values(reader))}");
        Assert.Equal(["1: ", "3: 0 refused, 1 2", "2: 0 refused"], read);
    }

    [Fact]
    public async Task An_entry_larger_than_the_buffer_is_read_whole()
    {
        var text = new string('x', 200_000);
        using var buffer = new EntryBuffer(1, 1, 1);
        foreach (var row in Enumerable.Range(1, 3))
        {
            buffer.AddText(0, Encoding.UTF8.GetBytes(text));
            buffer.AddEntry(0, 0, 5, 5, row);
            buffer.KeepRow(clean: true, default);
        }

        var (bytes, slices) = Write(buffer);
        using var reader = new EntryReader(Slice(bytes, slices[0]));
        for (var row = 1; row <= 3; row++)
        {
            Assert.True(await reader.ReadAsync(CancellationToken.None));
            Assert.Equal(row, reader.Key.Row);
            Assert.Equal([$"0 {text}"], Values(reader));
        }

        Assert.False(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Slices_hold_every_entry_in_the_order_of_its_key()
    {
        const int Rows = 3_000;
        var random = new Random(11);
        using var buffer = new EntryBuffer(1, partitions: 3, blocks: 20);
        for (var row = 1; row <= Rows; row++)
        {
            var date = random.Next(40);
            buffer.AddNumber(0, row);
            buffer.AddEntry(random.Next(2_000), random.Next(3), date, date + random.Next(3), row);
            buffer.KeepRow(clean: true, default);
        }

        var (bytes, slices) = Write(buffer);
        var rows = new List<long>();
        for (var partition = 0; partition < 3; partition++)
        {
            using var reader = new EntryReader(Slice(bytes, slices[partition]));
            var keys = new List<EntryKey>();
            while (await reader.ReadAsync(CancellationToken.None))
            {
                keys.Add(reader.Key);
                rows.Add(reader.Key.Row);
                Assert.Equal([$"0 {reader.Key.Row}"], Values(reader));
            }

            Assert.All(keys, key => Assert.Equal(partition, key.Block % 3));
            Assert.Equal(keys.Order(), keys);
        }

        Assert.Equal(Enumerable.Range(1, Rows).Select(row => (long)row), rows.Order());
    }

    [Fact]
    public async Task A_slice_that_is_cut_short_says_so()
    {
        var (bytes, slices) = WriteOne();
        for (var length = 2; length < slices[0].Length; length++)
        {
            using var reader = new EntryReader(Slice(bytes, slices[0] with { Length = length }));
            await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_slice_of_another_version_says_so()
    {
        var (bytes, slices) = WriteOne();
        bytes[0] = 9;
        using var reader = new EntryReader(Slice(bytes, slices[0]));
        var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadAsync(CancellationToken.None));
        Assert.Equal("Entries are of version 9, expected 3: another release read this batch. Import the file again.", error.Message);
    }

    private static (byte[] Bytes, IReadOnlyList<PartitionSlice> Slices) WriteOne()
    {
        using var buffer = new EntryBuffer(1, 1, 1);
        buffer.AddNumber(0, 1);
        buffer.AddEntry(0, 0, 5, 5, 1);
        buffer.KeepRow(clean: true, default);
        return Write(buffer);
    }

    private static (byte[] Bytes, IReadOnlyList<PartitionSlice> Slices) Write(EntryBuffer buffer)
    {
        using var stream = new MemoryStream();
        var slices = buffer.WriteTo(stream);
        return (stream.ToArray(), slices);
    }

    private static MemoryStream Slice(byte[] bytes, PartitionSlice slice) => new(bytes, (int)slice.Offset, (int)slice.Length);

    private static List<string> Values(EntryReader reader)
    {
        var all = new List<string>();
        var values = reader.Values;
        while (values.MoveNext())
            all.Add(FormattableString.Invariant($"{values.Dimension} {values.Kind switch
            {
                EntryFormat.NumberKind => values.Number,
                EntryFormat.TextKind => Encoding.UTF8.GetString(values.Text),
                EntryFormat.ClearedKind => "cleared",
                EntryFormat.RefusedKind => "refused",
                _ => (object)values.Boolean,
            }}"));
        return all;
    }
}
