using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Usage.Core.Values;

/// <summary>A hint to the processor that a piece of memory will be read soon; where it knows none, nothing happens.</summary>
internal static class Prefetch
{
    public static unsafe void Of<T>(ref T place)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
