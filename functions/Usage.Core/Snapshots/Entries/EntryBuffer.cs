using System.Buffers.Binary;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// The entries of one batch until they are sorted: keys in one pooled array, values as they will be stored in another. Values are
/// added first, then the entry that they belong to, then the row is kept or dropped as a whole.
/// </summary>
/// <param name="expected">How large it may become; more is taken where that isn't enough.</param>
internal sealed class EntryBuffer(long firstRow, int partitions, int blocks, EntryBuffer.Size expected = default) : IDisposable
{
    private const int ItemsAhead = 16;
    private const int ValuesAhead = 8;

    private readonly int _blocksAPartition = ((blocks + partitions - 1) / partitions) + 1;
    private EntryItem[] _items = BatchMemory<EntryItem>.Pool.Rent(expected.Entries);
    private byte[] _bytes = BatchMemory<byte>.Pool.Rent(expected.Bytes);
    private int _count;
    private int _rowStart;
    private int _length;
    private int _entryStart;
    private int _values;

    /// <param name="Bytes">Of their values.</param>
    public readonly record struct Size(int Entries, int Bytes);

    public void AddNumber(int dimension, double value)
    {
        var target = Reserve(Varint.MaxBytes + sizeof(double));
        var used = Varint.Write(target, ((ulong)dimension << 2) | EntryFormat.NumberKind);
        BinaryPrimitives.WriteDoubleLittleEndian(target[used..], value);
        Added(used + sizeof(double));
    }

    public void AddBoolean(int dimension, bool value)
    {
        var kind = value ? EntryFormat.TrueKind : EntryFormat.FalseKind;
        Added(Varint.Write(Reserve(Varint.MaxBytes), ((ulong)dimension << 2) | (uint)kind));
    }

    public void AddText(int dimension, ReadOnlySpan<byte> utf8)
    {
        var target = Reserve((2 * Varint.MaxBytes) + utf8.Length);
        var used = Varint.Write(target, ((ulong)dimension << 2) | EntryFormat.TextKind);
        used += Varint.Write(target[used..], (ulong)utf8.Length);
        utf8.CopyTo(target[used..]);
        Added(used + utf8.Length);
    }

    /// <summary>The values since the last entry become one; without values there is none.</summary>
    public void AddEntry(int ordinal, int product, int date, int cellDate, long row)
    {
        if (_values == 0) return;
        if (_count == _items.Length) Grow(ref _items, _count, _count + 1);
        var block = Partitioning.Block(ordinal);
        var slot = (block % partitions * _blocksAPartition) + (block / partitions);
        var key = EntryKey.Of(slot, ordinal % Partitioning.BlockSize, product, date, cellDate, row - firstRow);
        _items[_count++] = new EntryItem(key, _entryStart, _values << 1);
        _entryStart = _length;
        _values = 0;
    }

    /// <summary>The values since the last entry are forgotten.</summary>
    public void DropValues()
    {
        _length = _entryStart;
        _values = 0;
    }

    /// <returns>False when the row has no entry.</returns>
    public bool KeepRow(bool clean)
    {
        var any = _count > _rowStart;
        if (clean)
            foreach (ref var item in _items.AsSpan(_rowStart, _count - _rowStart)) item.MarkClean();
        _rowStart = _count;
        return any;
    }

    public void DropRow()
    {
        if (_count > _rowStart) _length = _entryStart = _items[_rowStart].Offset;
        _count = _rowStart;
        DropValues();
    }

    /// <summary>Sorts and writes everything, a slice for each partition.</summary>
    public IReadOnlyList<PartitionSlice> WriteTo(Stream target)
    {
        var items = _items.AsSpan(0, _count);
        using var order = new EntryOrder(items);
        using var writer = new EntryWriter(target);
        var slices = new PartitionSlice[partitions];
        var next = 0;
        for (var partition = 0; partition < partitions; partition++)
        {
            var (offset, first) = (writer.Position, next);
            for (; next < items.Length; next++)
            {
                Expect(order, next);
                var index = order[next];
                if (items[index].Key.Block / _blocksAPartition != partition) break;
                if (next == first) writer.BeginSlice();
                Write(writer, partition, index);
            }

            slices[partition] = new PartitionSlice(offset, writer.Position - offset, next - first);
        }

        return slices;
    }

    /// <summary>The dates that each product has entries for, ascending.</summary>
    public IEnumerable<(int Product, DateOnly[] Dates)> Dates()
    {
        var seen = new HashSet<(int Product, int Date)>();
        var last = (Product: -1, Date: 0);
        foreach (var item in _items.AsSpan(0, _count))
        {
            var next = (item.Key.Product, item.Key.Date);
            if (next != last) seen.Add(last = next);
        }

        return seen.GroupBy(pair => pair.Product, pair => pair.Date)
            .OrderBy(dates => dates.Key)
            .Select(dates => (dates.Key, dates.Order().Select(DateOnly.FromDayNumber).ToArray()));
    }

    public void Dispose()
    {
        BatchMemory<EntryItem>.Pool.Return(_items);
        BatchMemory<byte>.Pool.Return(_bytes);
        (_items, _bytes) = ([], []);
    }

    private void Write(EntryWriter writer, int partition, int index)
    {
        ref readonly var item = ref _items[index];
        var end = index + 1 < _count ? _items[index + 1].Offset : _length;
        var block = (item.Key.Block % _blocksAPartition * partitions) + partition;
        var ordinal = (block * Partitioning.BlockSize) + item.Key.AccountInBlock;
        writer.Write(ordinal, item.Key.Product, item.Key.Date, item.Key.CellDate, item.Key.Row + firstRow, item.Info, _bytes.AsSpan(item.Offset, end - item.Offset));
    }

    /// <summary>In their order entries come from anywhere in the batch, and so do their values.</summary>
    private void Expect(EntryOrder order, int next)
    {
        if (next + ItemsAhead < _count) Prefetch.Of(ref _items[order[next + ItemsAhead]]);
        if (next + ValuesAhead < _count) Prefetch.Of(ref _bytes[_items[order[next + ValuesAhead]].Offset]);
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = BatchMemory<T>.Pool.Rent(Math.Max(needed, checked(array.Length * 2)));
        array.AsSpan(0, used).CopyTo(larger);
        BatchMemory<T>.Pool.Return(array);
        array = larger;
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes) Grow(ref _bytes, _length, checked(_length + bytes));
        return _bytes.AsSpan(_length);
    }

    private void Added(int bytes)
    {
        _length += bytes;
        _values++;
    }
}
