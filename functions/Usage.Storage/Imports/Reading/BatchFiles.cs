using System.Globalization;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports.Reading;

/// <summary>What reading a run's batches leaves: values by partition, rejected rows, and counts.</summary>
public sealed class BatchFiles(RunBlobs blobs)
{
    private const string Slices = "slices";

    /// <summary>For the accepted values of a batch.</summary>
    public BlockUploadStream CreateEntries(RunId run, int batch, uint stamp) => new(blobs.Block(run, Entries(batch, stamp)));

    /// <summary>For the rejected rows of a batch.</summary>
    public BlockUploadStream CreateRejected(RunId run, int batch, uint stamp) => new(blobs.Block(run, Rejected(batch, stamp)));

    /// <summary>For the identifiers of a batch's rows that wait for an account.</summary>
    public BlockUploadStream CreateWaiting(RunId run, int batch, uint stamp) => new(blobs.Block(run, Waiting(batch, stamp)));

    /// <summary>A piece of a batch's identifiers.</summary>
    /// <param name="bytes">What is fetched at a time: all pieces of a run are open at once.</param>
    internal Stream OpenWaiting(RunId run, int batch, uint stamp, WaitingPiece piece, int bytes)
    {
        var name = Waiting(batch, stamp);
        return new SliceStream(
            piece.Length, (offset, length, cancellationToken) => blobs.OpenRangeAsync(
                run, name, piece.Offset + offset, length, cancellationToken), new byte[Math.Min(bytes, piece.Length)]);
    }

    /// <returns>Null where the batch has no rejected rows.</returns>
    public async Task<Stream?> FindRejectedAsync(RunId run, int batch, uint stamp, CancellationToken cancellationToken) =>
        await blobs.FindAsync(run, Rejected(batch, stamp), cancellationToken);

    public Task AddAsync(RunId run, BatchRead batch, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, Batch(batch.Result.Index), batch, cancellationToken);

    /// <summary>In the order of the plan.</summary>
    public IEnumerable<BatchRead> List(RunId run, int count, CancellationToken cancellationToken) =>
        blobs.LoadAll<BatchRead>(run, Enumerable.Range(0, count).Select(Batch), cancellationToken);

    /// <summary>Saves where each partition's values are in the batches' blobs.</summary>
    public Task SaveSlicesAsync(
        RunId run, IReadOnlyList<(uint Stamp, IReadOnlyList<PartitionSlice> Slices)> batches, int partitions,
        CancellationToken cancellationToken) =>
        blobs.Blob(run, Slices).UploadAsync(
            BinaryData.FromBytes(SliceTable.Write(batches, partitions)), overwrite: true, cancellationToken);

    /// <summary>Where a partition's values are in the batches' blobs.</summary>
    public async Task<IReadOnlyList<BatchSlice>> SlicesAsync(RunId run, int partition, int batches, CancellationToken cancellationToken)
    {
        var (offset, length) = SliceTable.Stretch(partition, batches);
        await using var content = await blobs.OpenRangeAsync(run, Slices, offset, length, cancellationToken);
        var stretch = new byte[length];
        await content.ReadExactlyAsync(stretch, cancellationToken);
        return SliceTable.Read(stretch);
    }

    /// <param name="piece">Memory for what is fetched at a time; the slice's own until the stream is disposed.</param>
    public Stream OpenSlice(RunId run, BatchSlice slice, Memory<byte> piece)
    {
        var name = Entries(slice.Batch, slice.Stamp);
        return new SliceStream(
            slice.Length, (offset, length, cancellationToken) => blobs.OpenRangeAsync(
                run, name, slice.Offset + offset, length, cancellationToken), piece);
    }

    private static string Batch(int batch) => $"batches/{batch}.json";

    private static string Entries(int batch, uint stamp) => string.Create(CultureInfo.InvariantCulture, $"entries/{batch}-{stamp:x8}");

    private static string Waiting(int batch, uint stamp) => string.Create(CultureInfo.InvariantCulture, $"waiting/{batch}-{stamp:x8}");

    private static string Rejected(int batch, uint stamp) => string.Create(CultureInfo.InvariantCulture, $"rejected/{batch}-{stamp:x8}");
}
