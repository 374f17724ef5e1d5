using System.Numerics;

namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// The sorted order of a batch's entries. Most bits of their keys are the same in all of them, a single date's for instance: the others,
/// some twenty, are put together with the entry's index into one number, and those are sorted by radix. Entries come in row order
/// and the sort is stable, so that rows needn't be in it.
/// </summary>
internal sealed class EntryOrder : IDisposable
{
    private const int RowBits = 35;
    private const int DigitBits = 11;

    private readonly ulong _indexMask;
    private ulong[] _codes;

    public EntryOrder(ReadOnlySpan<EntryItem> items)
    {
        _codes = BatchMemory<ulong>.Pool.Rent(Math.Max(1, items.Length));
        var indexBits = BitOperations.Log2((uint)items.Length | 1) + 1;
        _indexMask = (1UL << indexBits) - 1;
        var (group, place) = Differences(items);
        var placeBits = BitOperations.PopCount(place);
        var bits = BitOperations.PopCount(group) + placeBits;
        if (bits + indexBits > 64)
        {
            Compare(items);
            return;
        }

        for (var i = 0; i < items.Length; i++)
        {
            var key = items[i].Key;
            _codes[i] = (((BitExtract.Of(key.Group, group) << placeBits) | BitExtract.Of(key.Place, place)) << indexBits) | (uint)i;
        }

        Sort(items.Length, indexBits, bits);
    }

    /// <returns>The index of the item that comes at this place.</returns>
    public int this[int place] => (int)(_codes[place] & _indexMask);

    public void Dispose()
    {
        BatchMemory<ulong>.Pool.Return(_codes);
        _codes = [];
    }

    /// <summary>Where keys differ in more bits than a number holds beside the index.</summary>
    private void Compare(ReadOnlySpan<EntryItem> items)
    {
        var keys = new EntryKey[items.Length];
        for (var i = 0; i < keys.Length; i++) (keys[i], _codes[i]) = (items[i].Key, (uint)i);
        keys.AsSpan().Sort(_codes.AsSpan(0, keys.Length));
    }

    /// <summary>The bits in which some keys differ.</summary>
    private static (ulong Group, ulong Place) Differences(ReadOnlySpan<EntryItem> items)
    {
        var (group, place) = (0UL, 0UL);
        foreach (ref readonly var item in items)
        {
            group |= item.Key.Group ^ items[0].Key.Group;
            place |= item.Key.Place ^ items[0].Key.Place;
        }

        return (group, place >> RowBits << RowBits);
    }

    private void Sort(int count, int firstBit, int bits)
    {
        if (bits == 0) return;
        var spare = BatchMemory<ulong>.Pool.Rent(_codes.Length);
        for (var shift = firstBit; shift < firstBit + bits; shift += DigitBits)
        {
            Pass(_codes.AsSpan(0, count), spare, shift, Math.Min(DigitBits, firstBit + bits - shift));
            (_codes, spare) = (spare, _codes);
        }

        BatchMemory<ulong>.Pool.Return(spare);
    }

    private static void Pass(ReadOnlySpan<ulong> from, Span<ulong> to, int shift, int bits)
    {
        Span<int> starts = stackalloc int[(1 << DigitBits) + 1];
        starts.Clear();
        var mask = (1UL << bits) - 1;
        foreach (var code in from) starts[(int)((code >> shift) & mask) + 1]++;
        for (var digit = 1; digit < starts.Length; digit++) starts[digit] += starts[digit - 1];
        foreach (var code in from) to[starts[(int)((code >> shift) & mask)]++] = code;
    }
}
