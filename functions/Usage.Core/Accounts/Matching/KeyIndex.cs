using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Accounts.Matching;

/// <summary>
/// From a key to the accounts that have it, in an open table that costs the collector nothing: of hundreds of thousands of accounts
/// a dozen bytes each beside their keys. Cells are looked up as they stand in the file. Filled by one thread, then read by any number.
/// </summary>
internal sealed class KeyIndex
{
    private const int Short = 256;

    private readonly ulong _seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    /// <summary>Keys that don't fit into their slot, each behind its length.</summary>
    private readonly LongKeys _long = new();

    /// <summary>Where a key has several accounts, its entry is the complement of an index into this.</summary>
    private readonly List<int[]> _several = [];

    private Slot[] _slots;
    private int _count;

    /// <param name="capacity">Keys that are expected.</param>
    public KeyIndex(int capacity) => _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity + (capacity / 4)))];

    /// <param name="key">Not empty.</param>
    [SkipLocalsInit]
    public void Add(ReadOnlySpan<char> key, int ordinal)
    {
        var utf8 = key.Length <= Short ? stackalloc byte[Short * 3] : new byte[Encoding.UTF8.GetMaxByteCount(key.Length)];
        Add(utf8[..Encoding.UTF8.GetBytes(key, utf8)], ordinal);
    }

    /// <param name="key">Not empty.</param>
    public void Add(ReadOnlySpan<byte> key, int ordinal)
    {
        if (_count >= _slots.Length - (_slots.Length / 5)) Grow();
        var head = KeyHead.Of(key, _seed);
        ref var slot = ref Place(key, head);
        if (slot.Entry != 0)
        {
            slot.Entry = Joined(slot.Entry, ordinal);
            return;
        }

        slot = new Slot(head, key.Length <= KeyHead.MaxBytes ? 0 : _long.Add(key), ordinal + 1);
        _count++;
    }

    public KeyMatch Find(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty) return KeyMatch.None;
        var entry = Place(key, KeyHead.Of(key, _seed)).Entry;
        return entry switch
        {
            > 0 => new KeyMatch(entry - 1),
            0 => KeyMatch.None,
            _ => new KeyMatch(_several[~entry]),
        };
    }

    [SkipLocalsInit]
    public KeyMatch Find(ReadOnlySpan<char> key)
    {
        var utf8 = key.Length <= Short ? stackalloc byte[Short * 3] : new byte[Encoding.UTF8.GetMaxByteCount(key.Length)];
        return Find(utf8[..Encoding.UTF8.GetBytes(key, utf8)]);
    }

    /// <summary>Asks the processor for the memory that a look-up of this key will want.</summary>
    public void Expect(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty) return;
        var start = Start(KeyHead.Of(key, _seed));
        Prefetch.Of(ref _slots[start]);
        // A key that isn't in its own slot is in one of the next ones, mostly within a line of memory.
        Prefetch.Of(ref _slots[(start + 2) & (_slots.Length - 1)]);
    }

    private int Start(KeyHead head) => (int)(head.Hash(_seed) & (uint)(_slots.Length - 1));

    /// <summary>The key's slot, or the free one where it would go.</summary>
    private ref Slot Place(ReadOnlySpan<byte> key, KeyHead head)
    {
        for (var at = Start(head); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[at];
            if (slot.Entry == 0 || (slot.Head == head && (key.Length <= KeyHead.MaxBytes || _long.Is(slot.Long, key)))) return ref slot;
        }
    }

    private void Grow()
    {
        var before = _slots;
        _slots = new Slot[before.Length * 2];
        foreach (ref var slot in before.AsSpan())
        {
            if (slot.Entry == 0) continue;
            var at = Start(slot.Head);
            while (_slots[at].Entry != 0) at = (at + 1) & (_slots.Length - 1);
            _slots[at] = slot;
        }
    }

    /// <returns>The entry of a key that one more account has.</returns>
    private int Joined(int entry, int ordinal)
    {
        if (entry == ordinal + 1) return entry;
        if (entry > 0)
        {
            _several.Add([Math.Min(entry - 1, ordinal), Math.Max(entry - 1, ordinal)]);
            return ~(_several.Count - 1);
        }

        if (Array.BinarySearch(_several[~entry], ordinal) is < 0 and var place)
        {
            List<int> longer = [.. _several[~entry]];
            longer.Insert(~place, ordinal);
            _several[~entry] = [.. longer];
        }

        return entry;
    }

    /// <param name="Long">Where a long key stands.</param>
    /// <param name="Entry">0: free; above: an ordinal and one; below: several.</param>
    private record struct Slot(KeyHead Head, int Long, int Entry);
}
