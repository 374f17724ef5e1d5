using System.Numerics;
using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Snapshots.Merging;

/// <summary>
/// Some of a file's rows: one bit each, or packed as stretches of rows (the distance to the one before, and its length where that is more
/// than one), which takes a byte or two a stretch.
/// </summary>
public sealed class RowSet
{
    private readonly byte[] _bits;

    /// <param name="rows">Of the file.</param>
    public RowSet(long rows) => _bits = new byte[(rows / 8) + 1];

    /// <param name="bits">As <see cref="Bits"/> has them.</param>
    public RowSet(byte[] bits) => _bits = bits;

    public ReadOnlyMemory<byte> Bits => _bits;

    /// <param name="row">From 1.</param>
    public bool Has(long row) => (_bits[row >> 3] & (1 << (int)(row & 7))) != 0;

    /// <returns>False: it is there already.</returns>
    public bool TryAdd(long row)
    {
        if (Has(row)) return false;
        _bits[row >> 3] |= (byte)(1 << (int)(row & 7));
        return true;
    }

    /// <summary>How many of the rows of a stretch are in it.</summary>
    public long CountIn(long first, long rows)
    {
        var (count, row, end) = (0L, first, first + rows);
        for (; row < end && (row & 7) != 0; row++) count += Has(row) ? 1 : 0;
        for (; row + 8 <= end; row += 8) count += BitOperations.PopCount(_bits[row >> 3]);
        for (; row < end; row++) count += Has(row) ? 1 : 0;
        return count;
    }

    /// <param name="packed">As <see cref="Pack"/> gives them.</param>
    public void Add(ReadOnlySpan<byte> packed)
    {
        var (position, row) = (0, 0L);
        while (position < packed.Length)
        {
            var head = Varint.Read(packed, ref position);
            row += (long)(head >> 1);
            var length = (head & 1) == 0 ? 1 : (long)Varint.Read(packed, ref position);
            for (; length > 0; length--, row++) _bits[row >> 3] |= (byte)(1 << (int)(row & 7));
        }
    }

    /// <param name="rows">Ascending.</param>
    public static byte[] Pack(IEnumerable<long> rows)
    {
        using var packed = new PooledList<byte>(16);
        var (end, first, length) = (0L, 0L, 0L);
        foreach (var row in rows)
        {
            if (length > 0 && row == first + length)
            {
                length++;
                continue;
            }

            Put();
            (first, length) = (row, 1);
        }

        Put();
        return packed.Items.ToArray();

        void Put()
        {
            if (length == 0) return;
            packed.Extend(Varint.Write(packed.Room(Varint.MaxBytes), ((ulong)(first - end) << 1) | (length > 1 ? 1UL : 0)));
            if (length > 1) packed.Extend(Varint.Write(packed.Room(Varint.MaxBytes), (ulong)length));
            end = first + length;
        }
    }
}
