using System.Buffers.Binary;
using System.Numerics;

namespace Usage.Core.Values;

/// <summary>A quick hash of short texts for tables in memory.</summary>
internal static class Utf8Hash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    public static uint Of(ReadOnlySpan<byte> text, ulong seed)
    {
        var hash = seed ^ (ulong)text.Length;
        for (; text.Length >= 8; text = text[8..]) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text));
        var rest = 0UL;
        foreach (var b in text) rest = rest << 8 | b;
        return (uint)(Mix(hash, rest) >> 32);
    }

    private static ulong Mix(ulong hash, ulong part) => BitOperations.RotateLeft((hash ^ part) * Odd, 29) * Odd;
}
