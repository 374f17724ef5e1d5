using System.Buffers.Binary;
using Usage.Core.Snapshots;

namespace Usage.Storage.Imports.Reading;

/// <summary>
/// Where each partition's entries are in the batches' blobs, partition by partition: whoever merges a partition reads its stretch of this
/// table, and not the results of all batches. Little-endian; for each batch its stamp (4 bytes), offset and length (8 bytes each).
/// </summary>
internal static class SliceTable
{
    private const int SliceBytes = sizeof(uint) + (2 * sizeof(long));

    /// <param name="batches">In the order of the plan.</param>
    public static byte[] Write(IReadOnlyList<(uint Stamp, IReadOnlyList<PartitionSlice> Slices)> batches, int partitions)
    {
        var table = new byte[(long)batches.Count * partitions * SliceBytes];
        var at = table.AsSpan();
        for (var partition = 0; partition < partitions; partition++)
        {
            foreach (var (stamp, slices) in batches)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(at, stamp);
                BinaryPrimitives.WriteInt64LittleEndian(at[4..], slices[partition].Offset);
                BinaryPrimitives.WriteInt64LittleEndian(at[12..], slices[partition].Length);
                at = at[SliceBytes..];
            }
        }

        return table;
    }

    /// <summary>A partition's stretch of the table.</summary>
    public static (long Offset, int Length) Stretch(int partition, int batches) =>
        ((long)partition * batches * SliceBytes, batches * SliceBytes);

    /// <summary>The slices of one stretch that aren't empty.</summary>
    public static IReadOnlyList<BatchSlice> Read(ReadOnlySpan<byte> stretch)
    {
        var slices = new List<BatchSlice>();
        for (var batch = 0; !stretch.IsEmpty; batch++, stretch = stretch[SliceBytes..])
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(stretch[12..]);
            if (length == 0) continue;
            var (stamp, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(stretch), BinaryPrimitives.ReadInt64LittleEndian(stretch[4..]));
            slices.Add(new BatchSlice(batch, stamp, offset, length));
        }

        return slices;
    }
}

/// <summary>A partition's part of a batch's entries.</summary>
/// <param name="Stamp">Of the attempt that read the batch.</param>
public readonly record struct BatchSlice(int Batch, uint Stamp, long Offset, long Length);
