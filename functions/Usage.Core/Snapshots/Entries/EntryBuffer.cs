using System.Buffers.Binary;
using Usage.Core.Accounts;

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
    private int _keptStart;
    private int _entryStart;
    private int _values;
    private bool _given;

    public void AddNumber(int dimension, double value)
    {
        var target = _bytes.Room(Varint.MaxBytes + sizeof(double));
        var used = Varint.Write(target, Tag(dimension, EntryFormat.NumberKind));
        BinaryPrimitives.WriteDoubleLittleEndian(target[used..], value);
        Added(used + sizeof(double));
    }

    public void AddBoolean(int dimension, bool value) => AddKind(dimension, value ? EntryFormat.TrueKind : EntryFormat.FalseKind);

    /// <summary>The stored value is to be taken away.</summary>
    public void AddCleared(int dimension) => AddKind(dimension, EntryFormat.ClearedKind);

    /// <summary>A cell was refused that the dimension's total will lack. It is no value of the row.</summary>
    public void AddRefused(int dimension)
    {
        var given = _given;
        AddKind(dimension, EntryFormat.RefusedKind);
        _given = given;
    }

    public void AddText(int dimension, ReadOnlySpan<byte> utf8)
    {
        var target = _bytes.Room((2 * Varint.MaxBytes) + utf8.Length);
        var used = Varint.Write(target, Tag(dimension, EntryFormat.TextKind));
        used += Varint.Write(target[used..], (ulong)utf8.Length);
        utf8.CopyTo(target[used..]);
        Added(used + utf8.Length);
    }

    /// <summary>The values since the last entry become one; without values there is none.</summary>
    public void AddEntry(int ordinal, int product, int date, int cellDate, long row)
    {
        if (_values > 0) AddKey(ordinal, product, date, cellDate, row);
    }

    /// <summary>The row's date was refused: its values are forgotten, and all totals of the account and product will lack it.</summary>
    public void AddUndated(int ordinal, int product, long row)
    {
        DropValues();
        AddKey(ordinal, product, EntryFormat.Undated, EntryFormat.Undated, row);
    }

    /// <summary>The values since the last entry are forgotten.</summary>
    public void DropValues()
    {
        _bytes.Cut(_entryStart);
        (_values, _given) = (0, false);
    }

    /// <param name="clean">No cell of the row was bad.</param>
    /// <param name="by">The kind of key that found its account.</param>
    /// <returns>False when the row gives no value.</returns>
    public bool KeepRow(bool clean, MatchBy by)
    {
        var (given, info) = (false, ((int)by << EntryFormat.MatchShift) | (clean ? EntryFormat.Clean : 0));
        foreach (ref var entry in _entries.Items[_rowStart..])
        {
            entry = entry with { Info = entry.Info | info };
            given |= entry.HasValue;
        }

        (_keptStart, _rowStart) = (_rowStart, _entries.Count);
        return given;
    }

    /// <summary>The row that was kept last is dropped after all.</summary>
    public void DropKeptRow()
    {
        _rowStart = _keptStart;
        DropRow();
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
            var (offset, first, given) = (writer.Position, next, 0);
            for (; next < _keys.Count && _keys.Items[next].Block / _blocksAPartition == partition; next++)
            {
                if (next == first) writer.BeginSlice();
                Write(writer, partition, _keys.Items[next], _entries.Items[next]);
                given += _entries.Items[next].HasValue ? 1 : 0;
            }

            slices[partition] = new PartitionSlice(offset, writer.Position - offset, given);
        }

        return slices;
    }

    /// <summary>The dates that each product has values for, ascending.</summary>
    public IEnumerable<(int Product, DateOnly[] Dates)> Dates()
    {
        var seen = new HashSet<(int Product, int Date)>();
        for (var i = 0; i < _keys.Count; i++)
            if (_entries.Items[i].HasValue) seen.Add((_keys.Items[i].Product, _keys.Items[i].Date));
        return seen.GroupBy(pair => pair.Product, pair => pair.Date)
            .OrderBy(dates => dates.Key)
            .Select(dates => (dates.Key, dates.Order().Select(DateOnly.FromDayNumber).ToArray()));
    }

    /// <summary>The first and the last date of each product, those of refused cells too; in the order of products.</summary>
    public IEnumerable<(int Product, DateOnly First, DateOnly Last)> Spans()
    {
        var spans = new SortedDictionary<int, (int First, int Last)>();
        var (product, first, last) = (-1, 0, 0);
        foreach (var key in _keys.Items)
        {
            if (key.Date == EntryFormat.Undated || (key.Product == product && key.Date >= first && key.Date <= last)) continue;
            var (from, to) = spans.GetValueOrDefault(key.Product, (key.Date, key.Date));
            (product, first, last) = (key.Product, Math.Min(from, key.Date), Math.Max(to, key.Date));
            spans[product] = (first, last);
        }

        return spans.Select(span => (span.Key, DateOnly.FromDayNumber(span.Value.First), DateOnly.FromDayNumber(span.Value.Last)));
    }

    public void Dispose()
    {
        _keys.Dispose();
        _entries.Dispose();
        _bytes.Dispose();
    }

    private void AddKey(int ordinal, int product, int date, int cellDate, long row)
    {
        var block = Partitioning.Block(ordinal);
        var slot = (block % partitions * _blocksAPartition) + (block / partitions);
        _keys.Add(EntryKey.Of(slot, ordinal % Partitioning.BlockSize, product, date, cellDate, row - firstRow));
        _entries.Add(
            new Entry(_entryStart, _bytes.Count - _entryStart, (_values << EntryFormat.InfoBits) | (_given ? EntryFormat.Given : 0)));
        _entryStart = _bytes.Count;
        (_values, _given) = (0, false);
    }

    private void Write(EntryWriter writer, int partition, EntryKey key, Entry entry)
    {
        var block = (key.Block % _blocksAPartition * partitions) + partition;
        var ordinal = (block * Partitioning.BlockSize) + key.AccountInBlock;
        var values = _bytes.Items.Slice(entry.Offset, entry.Length);
        writer.Write(ordinal, key.Product, key.Date, key.CellDate, key.Row + firstRow, entry.Info, values);
    }

    private static ulong Tag(int dimension, int kind) => ((ulong)dimension << EntryFormat.KindBits) | (uint)kind;

    private void AddKind(int dimension, int kind) => Added(Varint.Write(_bytes.Room(Varint.MaxBytes), Tag(dimension, kind)));

    private void Added(int bytes)
    {
        _bytes.Extend(bytes);
        (_values, _given) = (_values + 1, true);
    }

    /// <param name="Offset">Where its values begin.</param>
    /// <param name="Length">Of them, in bytes.</param>
    /// <param name="Info">What <see cref="EntryFormat"/> calls so.</param>
    private readonly record struct Entry(int Offset, int Length, int Info)
    {
        public bool HasValue => (Info & EntryFormat.Given) != 0;
    }
}
