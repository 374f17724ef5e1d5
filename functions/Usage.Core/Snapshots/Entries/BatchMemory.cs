using System.Buffers;

namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// The arrays of a few MB that reading a batch takes. In a pool of their own: the shared one keeps some for each thread that has ever
/// read one, and that adds up.
/// </summary>
internal static class BatchMemory<T>
{
    private const int Longest = 1 << 27;
    private const int Kept = 4;

    public static ArrayPool<T> Pool { get; } = ArrayPool<T>.Create(Longest, Kept);
}
