using System.Buffers;
using System.Numerics;

namespace Usage.Core.Snapshots.Merging;

/// <summary>One bit for each row of a file: 5 million rows take 625 KB.</summary>
public sealed class RowBits : IDisposable
{
    /// <summary>
    /// One block for each partition that is being merged. Blocks of this size would pile up until the garbage collector's next full run.
    /// </summary>
    private static readonly ArrayPool<ulong> Pool = ArrayPool<ulong>.Create(1 << 20, 8);

    private readonly int _length;
    private ulong[] _bits;

    public RowBits(long rows)
    {
        _length = (int)(rows / 64) + 1;
        _bits = Pool.Rent(_length);
        _bits.AsSpan(0, _length).Clear();
    }

    /// <param name="row">From 1.</param>
    public void Set(long row) => _bits[row >> 6] |= 1UL << (int)(row & 63);

    public bool Has(long row) => (_bits[row >> 6] & (1UL << (int)(row & 63))) != 0;

    /// <summary>Rows that are in this and not in another of the same file.</summary>
    public long CountWithout(RowBits other)
    {
        var count = 0L;
        for (var i = 0; i < _length; i++) count += BitOperations.PopCount(_bits[i] & ~other._bits[i]);
        return count;
    }

    public long Count()
    {
        var count = 0L;
        foreach (var bits in _bits.AsSpan(0, _length)) count += BitOperations.PopCount(bits);
        return count;
    }

    /// <summary>Ascending.</summary>
    public IEnumerable<long> Rows()
    {
        for (var i = 0; i < _length; i++)
            for (var bits = _bits[i]; bits != 0; bits &= bits - 1)
                yield return ((long)i << 6) + BitOperations.TrailingZeroCount(bits);
    }

    public void Dispose()
    {
        if (_bits.Length > 0) Pool.Return(_bits);
        _bits = [];
    }
}
