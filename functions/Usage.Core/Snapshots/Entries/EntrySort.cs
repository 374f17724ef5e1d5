using System.Buffers;

namespace Usage.Core.Snapshots.Entries;

/// <summary>Sorts a batch's entries: by block in one pass over all, then each block's few, which stay in the processor's cache.</summary>
internal static class EntrySort
{
    /// <param name="slots">All keys' blocks are below it.</param>
    public static void Sort(Span<EntryItem> items, int slots)
    {
        if (items.Length < slots)
        {
            items.Sort();
            return;
        }

        var ends = ArrayPool<int>.Shared.Rent(slots + 1);
        var sorted = ArrayPool<EntryItem>.Shared.Rent(items.Length);
        Array.Clear(ends, 0, slots + 1);
        foreach (ref readonly var item in items) ends[item.Key.Block + 1]++;
        for (var slot = 0; slot < slots; slot++) ends[slot + 1] += ends[slot];
        // Each start moves on to its end while the block fills.
        foreach (ref readonly var item in items) sorted[ends[item.Key.Block]++] = item;
        var start = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            sorted.AsSpan(start, ends[slot] - start).Sort();
            start = ends[slot];
        }

        sorted.AsSpan(0, items.Length).CopyTo(items);
        ArrayPool<EntryItem>.Shared.Return(sorted);
        ArrayPool<int>.Shared.Return(ends);
    }
}
