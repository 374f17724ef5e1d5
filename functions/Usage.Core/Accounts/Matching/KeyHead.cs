using System.Buffers.Binary;
using System.Numerics;

namespace Usage.Core.Accounts.Matching;

/// <summary>
/// What a table's slot holds of a key: one of up to 23 bytes whole, of a longer one a hash of all its bytes. Most ids are short, and
/// then one look at memory tells whether it is the one.
/// </summary>
internal readonly record struct KeyHead(ulong First, ulong Middle, ulong Last)
{
    /// <summary>Keys up to here are equal when their heads are.</summary>
    public const int MaxBytes = 23;

    private const ulong Odd = 0x9E3779B97F4A7C15;

    /// <param name="key">Not empty.</param>
    /// <param name="seed">The table's own, so that nobody can choose keys that fall on one place.</param>
    public static KeyHead Of(ReadOnlySpan<byte> key, ulong seed)
    {
        // Words overlap where a key doesn't fill them: with the length they say all of it.
        var length = (ulong)key.Length << 56;
        return key.Length switch
        {
            > MaxBytes => OfLong(key, seed),
            > 16 => new KeyHead(Word(key), Word(key[8..]), (Word(key[^8..]) >> 8) | length),
            >= 8 => new KeyHead(Word(key), Word(key[^8..]), length),
            >= 4 => new KeyHead(BinaryPrimitives.ReadUInt32LittleEndian(key), BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]), length),
            _ => new KeyHead(key[0], key[key.Length / 2], key[^1] | length),
        };
    }

    public uint Hash(ulong seed) => (uint)(Mix(Mix(Mix(seed, First), Middle), Last) >> 32);

    private static KeyHead OfLong(ReadOnlySpan<byte> key, ulong seed)
    {
        var hash = seed ^ (ulong)key.Length;
        for (var rest = key; rest.Length >= 8; rest = rest[8..]) hash = Mix(hash, Word(rest));
        return new KeyHead(Mix(hash, Word(key[^8..])), 0, ulong.MaxValue);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong Mix(ulong hash, ulong part) => BitOperations.RotateLeft((hash ^ part) * Odd, 29) * Odd;
}
