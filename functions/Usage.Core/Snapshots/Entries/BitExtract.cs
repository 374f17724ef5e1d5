using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Usage.Core.Snapshots.Entries;

internal static class BitExtract
{
    /// <summary>The bits of a value that a mask selects, moved together; their order stays.</summary>
    public static ulong Of(ulong value, ulong mask) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(value, mask) : BitByBit(value, mask);

    /// <summary>For processors that can't do it in one go.</summary>
    internal static ulong BitByBit(ulong value, ulong mask)
    {
        var bits = 0UL;
        for (var place = 0; mask != 0; mask &= mask - 1, place++) bits |= ((value >> BitOperations.TrailingZeroCount(mask)) & 1) << place;
        return bits;
    }
}
