using System.Buffers;

namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// Sorts a batch's entries by radix, eight bits at a time, the low ones first. It is stable and entries come in row order, so the
/// row needs no pass; nor do bits that are the same in all, such as a single date's. Usually three passes are left.
/// </summary>
internal static class EntrySort
{
    private const int RowBits = 35;

    public static void Sort(ref EntryItem[] items, int count)
    {
        var (group, place) = Differences(items.AsSpan(0, count));
        var spare = ArrayPool<EntryItem>.Shared.Rent(items.Length);
        for (var shift = RowBits; shift < 64; shift += 8)
        {
            if (((place >> shift) & 0xFF) == 0) continue;
            Pass(items.AsSpan(0, count), spare, inGroup: false, shift);
            (items, spare) = (spare, items);
        }

        for (var shift = 0; shift < 64; shift += 8)
        {
            if (((group >> shift) & 0xFF) == 0) continue;
            Pass(items.AsSpan(0, count), spare, inGroup: true, shift);
            (items, spare) = (spare, items);
        }

        ArrayPool<EntryItem>.Shared.Return(spare);
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

        return (group, place);
    }

    private static void Pass(ReadOnlySpan<EntryItem> from, Span<EntryItem> to, bool inGroup, int shift)
    {
        Span<int> starts = stackalloc int[257];
        starts.Clear();
        foreach (ref readonly var item in from) starts[Digit(item.Key, inGroup, shift) + 1]++;
        for (var digit = 0; digit < 256; digit++) starts[digit + 1] += starts[digit];
        foreach (ref readonly var item in from) to[starts[Digit(item.Key, inGroup, shift)]++] = item;
    }

    private static int Digit(in EntryKey key, bool inGroup, int shift) => (int)((inGroup ? key.Group : key.Place) >> shift) & 0xFF;
}
