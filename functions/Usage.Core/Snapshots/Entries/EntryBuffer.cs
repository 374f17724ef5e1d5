using System.Buffers.Binary;

namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// The entries of one batch until they are sorted: their keys, and their values as they will be stored. Values are added first, then the
/// entry that they belong to, then the row is kept or dropped as a whole.
/// </summary>
/// <param name="expectedEntries">How many there may be; more are taken where that isn't enough.</param>
/// <param name="expectedBytes">Of their values.</param>
internal sealed class EntryBuffer(long firstRow, int partitions, int blocks, int expectedEntries = 0, int expectedBytes = 0) : IDisposable
{
    private readonly int _blocksAPartition = ((blocks + partitions - 1) / partitions) + 1;
    private readonly PooledList<EntryKey> _keys = new(expectedEntries);
    private readonly PooledList<Entry> _entries = new(expectedEntries);
    private readonly PooledList<byte> _bytes = new(expectedBytes);
    private int _rowStart;
    private int _entryStart;
    private int _values;

    public void AddNumber(int dimension, double value)
    {
        var target = _bytes.Room(Varint.MaxBytes + sizeof(double));
        var used = Varint.Write(target, ((ulong)dimension << 2) | EntryFormat.NumberKind);
        BinaryPrimitives.WriteDoubleLittleEndian(target[used..], value);
        Added(used + sizeof(double));
    }

    public void AddBoolean(int dimension, bool value)
    {
        var kind = value ? EntryFormat.TrueKind : EntryFormat.FalseKind;
        Added(Varint.Write(_bytes.Room(Varint.MaxBytes), ((ulong)dimension << 2) | (uint)kind));
    }

    public void AddText(int dimension, ReadOnlySpan<byte> utf8)
    {
        var target = _bytes.Room((2 * Varint.MaxBytes) + utf8.Length);
        var used = Varint.Write(target, ((ulong)dimension << 2) | EntryFormat.TextKind);
        used += Varint.Write(target[used..], (ulong)utf8.Length);
        utf8.CopyTo(target[used..]);
        Added(used + utf8.Length);
    }

    /// <summary>The values since the last entry become one; without values there is none.</summary>
    public void AddEntry(int ordinal, int product, int date, int cellDate, long row)
    {
        if (_values == 0) return;
        var block = Partitioning.Block(ordinal);
        var slot = (block % partitions * _blocksAPartition) + (block / partitions);
        _keys.Add(EntryKey.Of(slot, ordinal % Partitioning.BlockSize, product, date, cellDate, row - firstRow));
        _entries.Add(new Entry(_entryStart, _bytes.Count - _entryStart, _values << 1));
        _entryStart = _bytes.Count;
        _values = 0;
    }

    /// <summary>The values since the last entry are forgotten.</summary>
    public void DropValues()
    {
        _bytes.Cut(_entryStart);
        _values = 0;
    }

    /// <param name="clean">No cell of the row was bad.</param>
    /// <returns>False when the row has no entry.</returns>
    public bool KeepRow(bool clean)
    {
        var row = _entries.Items[_rowStart..];
        if (clean)
            foreach (ref var entry in row) entry = entry with { Info = entry.Info | 1 };
        _rowStart = _entries.Count;
        return row.Length > 0;
    }

    public void DropRow()
    {
        if (_entries.Count > _rowStart) _entryStart = _entries.Items[_rowStart].Offset;
        _keys.Cut(_rowStart);
        _entries.Cut(_rowStart);
        DropValues();
    }

    /// <summary>Sorts and writes everything, a slice for each partition. The last that is done with it.</summary>
    public IReadOnlyList<PartitionSlice> WriteTo(Stream target)
    {
        _keys.Items.Sort(_entries.Items);
        using var writer = new EntryWriter(target);
        var slices = new PartitionSlice[partitions];
        var next = 0;
        for (var partition = 0; partition < partitions; partition++)
        {
            var (offset, first) = (writer.Position, next);
            for (; next < _keys.Count && _keys.Items[next].Block / _blocksAPartition == partition; next++)
            {
                if (next == first) writer.BeginSlice();
                Write(writer, partition, _keys.Items[next], _entries.Items[next]);
            }

            slices[partition] = new PartitionSlice(offset, writer.Position - offset, next - first);
        }

        return slices;
    }

    /// <summary>The dates that each product has entries for, ascending.</summary>
    public IEnumerable<(int Product, DateOnly[] Dates)> Dates()
    {
        var seen = new HashSet<(int Product, int Date)>();
        foreach (var key in _keys.Items) seen.Add((key.Product, key.Date));
        return seen.GroupBy(pair => pair.Product, pair => pair.Date)
            .OrderBy(dates => dates.Key)
            .Select(dates => (dates.Key, dates.Order().Select(DateOnly.FromDayNumber).ToArray()));
    }

    public void Dispose()
    {
        _keys.Dispose();
        _entries.Dispose();
        _bytes.Dispose();
    }

    private void Write(EntryWriter writer, int partition, EntryKey key, Entry entry)
    {
        var block = (key.Block % _blocksAPartition * partitions) + partition;
        var ordinal = (block * Partitioning.BlockSize) + key.AccountInBlock;
        var values = _bytes.Items.Slice(entry.Offset, entry.Length);
        writer.Write(ordinal, key.Product, key.Date, key.CellDate, key.Row + firstRow, entry.Info, values);
    }

    private void Added(int bytes)
    {
        _bytes.Extend(bytes);
        _values++;
    }

    /// <param name="Offset">Where its values begin.</param>
    /// <param name="Length">Of them, in bytes.</param>
    /// <param name="Info">What <see cref="EntryFormat"/> calls so.</param>
    private readonly record struct Entry(int Offset, int Length, int Info);
}
