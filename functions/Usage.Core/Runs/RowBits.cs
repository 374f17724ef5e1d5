using System.Numerics;

namespace Usage.Core.Runs;

/// <summary>One bit for each row of a file: 5 million rows take 625 KB.</summary>
public sealed class RowBits(long rows)
{
    private readonly ulong[] _bits = new ulong[(rows / 64) + 1];

    /// <param name="row">From 1.</param>
    public void Set(long row) => _bits[row >> 6] |= 1UL << (int)(row & 63);

    public bool IsSet(long row) => (_bits[row >> 6] & (1UL << (int)(row & 63))) != 0;

    public long Count()
    {
        var count = 0L;
        foreach (var bits in _bits) count += BitOperations.PopCount(bits);
        return count;
    }
}
