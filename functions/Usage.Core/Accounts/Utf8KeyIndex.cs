using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Accounts;

/// <summary>
/// From a key's UTF-8 bytes to the accounts that have it: cells are looked up as they stand in the file. All keys lie in one
/// array, so that hundreds of thousands of accounts cost the collector nothing. A key of up to 16 bytes stands in its slot as well: rows
/// come in any order, and a look-up then waits for memory once, not twice.
/// </summary>
internal sealed class Utf8KeyIndex
{
    private const int HeadBytes = 16;

    private readonly ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private readonly byte[] pool;
    private readonly Slot[] slots;
    private readonly List<int[]> several = [];

    /// <param name="Head">The key's first 16 bytes, zeros behind a shorter one.</param>
    private readonly record struct Slot(UInt128 Head, int Start, int Length, int Entry);

    /// <summary>Takes over what another index has found out: one account a key, or several.</summary>
    public Utf8KeyIndex(IReadOnlyCollection<KeyValuePair<string, KeyMatch>> keys)
    {
        pool = new byte[keys.Sum(k => Encoding.UTF8.GetByteCount(k.Key))];
        slots = new Slot[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)keys.Count * 2 + 1)];
        var start = 0;
        foreach (var (key, match) in keys)
        {
            var length = Encoding.UTF8.GetBytes(key, pool.AsSpan(start));
            var at = Utf8Hash.Of(pool.AsSpan(start, length), seed) & (slots.Length - 1);
            while (slots[at].Length > 0) at = (at + 1) & (slots.Length - 1);
            slots[at] = new Slot(HeadOf(pool.AsSpan(start, length)), start, length, match.IsOne ? match.Ordinal : ~several.Count);
            if (match.IsSeveral) several.Add([.. match.Ordinals]);
            start += length;
        }
    }

    /// <param name="key">Not empty.</param>
    public KeyMatch Find(ReadOnlySpan<byte> key)
    {
        var head = HeadOf(key);
        for (var at = Utf8Hash.Of(key, seed) & (slots.Length - 1); slots[at].Length > 0; at = (at + 1) & (slots.Length - 1))
        {
            ref readonly var slot = ref slots[at];
            if (slot.Length == key.Length && slot.Head == head
                && (key.Length <= HeadBytes || key.SequenceEqual(pool.AsSpan(slot.Start, slot.Length))))
                return slot.Entry >= 0 ? new KeyMatch(slot.Entry) : new KeyMatch(several[~slot.Entry]);
        }
        return KeyMatch.None;
    }

    private static UInt128 HeadOf(ReadOnlySpan<byte> key)
    {
        if (key.Length >= HeadBytes) return MemoryMarshal.Read<UInt128>(key);
        Span<byte> padded = stackalloc byte[HeadBytes];
        padded.Clear();
        key.CopyTo(padded);
        return MemoryMarshal.Read<UInt128>(padded);
    }
}
