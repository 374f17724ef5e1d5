using System.Security.Cryptography;
using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Accounts;

/// <summary>
/// From a key's UTF-8 bytes to the accounts that have it: cells are looked up as they stand in the file. All keys lie in one
/// array, so that hundreds of thousands of accounts cost the collector nothing.
/// </summary>
internal sealed class Utf8KeyIndex
{
    private readonly ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private readonly byte[] pool;
    private readonly Slot[] slots;
    private readonly List<int[]> several = [];

    private record struct Slot(uint Hash, int Start, int Length, int Entry);

    /// <summary>Takes over what another index has found out: one account a key, or several.</summary>
    public Utf8KeyIndex(IReadOnlyCollection<KeyValuePair<string, KeyMatch>> keys)
    {
        pool = new byte[keys.Sum(k => Encoding.UTF8.GetByteCount(k.Key))];
        slots = new Slot[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)keys.Count * 2 + 1)];
        var start = 0;
        foreach (var (key, match) in keys)
        {
            var length = Encoding.UTF8.GetBytes(key, pool.AsSpan(start));
            var hash = Utf8Hash.Of(pool.AsSpan(start, length), seed);
            var at = hash & (slots.Length - 1);
            while (slots[at].Length > 0) at = (at + 1) & (slots.Length - 1);
            slots[at] = new Slot(hash, start, length, match.IsOne ? match.Ordinal : ~several.Count);
            if (match.IsSeveral) several.Add([.. match.Ordinals]);
            start += length;
        }
    }

    /// <param name="key">Not empty.</param>
    public KeyMatch Find(ReadOnlySpan<byte> key)
    {
        var hash = Utf8Hash.Of(key, seed);
        for (var at = hash & (slots.Length - 1); slots[at].Length > 0; at = (at + 1) & (slots.Length - 1))
        {
            ref readonly var slot = ref slots[at];
            if (slot.Hash == hash && key.SequenceEqual(pool.AsSpan(slot.Start, slot.Length)))
                return slot.Entry >= 0 ? new KeyMatch(slot.Entry) : new KeyMatch(several[~slot.Entry]);
        }
        return KeyMatch.None;
    }
}
