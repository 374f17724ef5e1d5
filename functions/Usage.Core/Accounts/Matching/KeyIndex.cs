using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Text;

namespace Usage.Core.Accounts.Matching;

/// <summary>
/// From a key to the accounts that have it. Keys lie as UTF-8 in one array, so that a cell is looked up as it stands in the file and
/// hundreds of thousands of keys are two objects to the garbage collector. Filled by one thread, then read by any number.
/// </summary>
internal sealed class KeyIndex
{
    private const int Short = 256;

    /// <summary>Of this table, so that nobody can choose keys that all fall on one place.</summary>
    private readonly long _seed = Random.Shared.NextInt64();

    /// <summary>Where a key has several accounts, its slot holds the complement of an index into this.</summary>
    private readonly List<int[]> _several = [];

    private Slot[] _slots;
    private int _count;
    private byte[] _keys = [];
    private int _keysLength;

    /// <param name="capacity">Keys that are expected.</param>
    public KeyIndex(int capacity) => _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity + (capacity / 4)))];

    /// <param name="key">Not empty.</param>
    public void Add(ReadOnlySpan<char> key, int ordinal)
    {
        var utf8 = Encoding.UTF8.GetMaxByteCount(key.Length) is var max && key.Length <= Short ? stackalloc byte[max] : new byte[max];
        Add(utf8[..Encoding.UTF8.GetBytes(key, utf8)], ordinal);
    }

    /// <param name="key">Not empty.</param>
    public void Add(ReadOnlySpan<byte> key, int ordinal)
    {
        if (_count >= _slots.Length - (_slots.Length / 5)) Grow();
        var hash = Hash(key);
        ref var slot = ref Place(key, hash);
        if (slot.Entry != 0)
        {
            slot.Entry = Joined(slot.Entry, ordinal);
            return;
        }

        slot = new Slot(hash, Keep(key), ordinal + 1);
        _count++;
    }

    public KeyMatch Find(ReadOnlySpan<byte> key)
    {
        var entry = key.IsEmpty ? 0 : Place(key, Hash(key)).Entry;
        return entry switch
        {
            > 0 => new KeyMatch(entry - 1),
            0 => KeyMatch.None,
            _ => new KeyMatch(_several[~entry]),
        };
    }

    public KeyMatch Find(ReadOnlySpan<char> key)
    {
        var utf8 = Encoding.UTF8.GetMaxByteCount(key.Length) is var max && key.Length <= Short ? stackalloc byte[max] : new byte[max];
        return Find(utf8[..Encoding.UTF8.GetBytes(key, utf8)]);
    }

    private uint Hash(ReadOnlySpan<byte> key) => (uint)XxHash3.HashToUInt64(key, _seed);

    /// <summary>The key's slot, or the free one where it would go.</summary>
    private ref Slot Place(ReadOnlySpan<byte> key, uint hash)
    {
        for (var at = hash; ; at++)
        {
            ref var slot = ref _slots[at & (uint)(_slots.Length - 1)];
            if (slot.Entry == 0 || (slot.Hash == hash && KeyAt(slot.Key).SequenceEqual(key))) return ref slot;
        }
    }

    private void Grow()
    {
        var before = _slots;
        _slots = new Slot[before.Length * 2];
        foreach (var slot in before)
            if (slot.Entry != 0) Place(KeyAt(slot.Key), slot.Hash) = slot;
    }

    /// <returns>Where the key stands, behind its length.</returns>
    private int Keep(ReadOnlySpan<byte> key)
    {
        var (start, end) = (_keysLength, checked(_keysLength + sizeof(int) + key.Length));
        if (end > _keys.Length) Array.Resize(ref _keys, Math.Max(end, Math.Max(1024, checked(_keys.Length * 2))));
        BinaryPrimitives.WriteInt32LittleEndian(_keys.AsSpan(start), key.Length);
        key.CopyTo(_keys.AsSpan(start + sizeof(int)));
        _keysLength = end;
        return start;
    }

    private ReadOnlySpan<byte> KeyAt(int start) =>
        _keys.AsSpan(start + sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(_keys.AsSpan(start)));

    /// <returns>The entry of a key that one more account has.</returns>
    private int Joined(int entry, int ordinal)
    {
        if (entry == ordinal + 1) return entry;
        if (entry > 0)
        {
            _several.Add([Math.Min(entry - 1, ordinal), Math.Max(entry - 1, ordinal)]);
            return ~(_several.Count - 1);
        }

        _several[~entry] = [.. _several[~entry].Append(ordinal).Distinct().Order()];
        return entry;
    }

    /// <param name="Key">Where it stands among the keys.</param>
    /// <param name="Entry">0: the slot is free; above: an ordinal plus one; below: several accounts.</param>
    private record struct Slot(uint Hash, int Key, int Entry);
}
