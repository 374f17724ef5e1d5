using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Usage.Core.Files.Sources;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Core.Uploads;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;

namespace Usage.Storage.Uploads;

/// <summary>
/// The content of uploads, <c>usage-uploads/{upload}</c>: a blob that is there once it is whole, and before that the blocks that the
/// storage service keeps of it.
/// </summary>
public sealed class UploadFiles(UsageBlobs blobs)
{
    /// <summary>As what is read of it; it is never written again.</summary>
    public static RunSource Source(UploadId id) => new(UsageBlobs.UploadsName, id.Value, ETag: "", Force: false);

    /// <summary>Writes a file in one piece: it is there whole or not at all.</summary>
    /// <returns>Null: nothing came.</returns>
    public async Task<(long Bytes, string Sha256)?> WriteAsync(UploadId id, Stream content, CancellationToken cancellationToken)
    {
        await using var measured = new MeasuredStream(content, long.MaxValue, progress: null);
        await using var upload = new BlockUploadStream(Blob(id));
        await measured.CopyToAsync(upload, cancellationToken);
        if (measured.Total == 0) return null;
        await upload.CompleteAsync(cancellationToken);
        return (measured.Total, await measured.ReadToEndAsync(cancellationToken));
    }

    /// <summary>Takes a copy of a dropped file.</summary>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="FileReplacedException">It was replaced meanwhile, or is gone.</exception>
    public async Task<long> CopyAsync(UploadId id, Drop drop, CancellationToken cancellationToken)
    {
        var options = new BlobCopyFromUriOptions { SourceConditions = new BlobRequestConditions { IfMatch = new ETag(drop.ETag) } };
        var copied = await BlobCopies.CopyAsync(
            blobs.Imports.GetBlobClient(drop.Path), blobs.Uploads.GetBlobClient(id.Value), options, cancellationToken);
        return copied.There.ContentLength;
    }

    /// <summary>Takes a block; one that came before under its number is replaced.</summary>
    public Task StageAsync(UploadId id, int number, Stream block, CancellationToken cancellationToken) =>
        Blob(id).StageBlockAsync(BlockName(number), block, cancellationToken: cancellationToken);

    /// <summary>Those that are there, by their numbers, whether or not they are the file already.</summary>
    public async Task<IReadOnlyList<UploadBlock>> BlocksAsync(UploadId id, CancellationToken cancellationToken)
    {
        try
        {
            var there = (await Blob(id).GetBlockListAsync(BlockListTypes.All, cancellationToken: cancellationToken)).Value;
            var blocks = there.CommittedBlocks.Any() ? there.CommittedBlocks : there.UncommittedBlocks;
            return [.. blocks.Select(block => new UploadBlock(Number(block.Name), block.SizeLong)).OrderBy(block => block.Number)];
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return [];
        }
    }

    /// <summary>Makes its blocks the file; done again, it stays as it is.</summary>
    public async Task CommitAsync(UploadId id, IReadOnlyList<UploadBlock> blocks, CancellationToken cancellationToken)
    {
        try
        {
            var options = new CommitBlockListOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await Blob(id).CommitBlockListAsync(blocks.Select(block => BlockName(block.Number)), options, cancellationToken);
        }
        catch (RequestFailedException) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody was faster, or an attempt before this one whose answer got lost.
            if (!await Blob(id).ExistsAsync(cancellationToken)) throw;
        }
    }

    /// <summary>Reads all of it.</summary>
    public async Task<(long Bytes, string Sha256)> MeasureAsync(UploadId id, CancellationToken cancellationToken)
    {
        var content = (await Blob(id).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
        await using var measured = new MeasuredStream(content, long.MaxValue, progress: null);
        var hash = await measured.ReadToEndAsync(cancellationToken);
        return (measured.Total, hash);
    }

    public async Task DeleteAsync(UploadId id, CancellationToken cancellationToken)
    {
        if (await Blob(id).DeleteIfExistsAsync(cancellationToken: cancellationToken)) return;
        // The service lets go of blocks that nobody has committed only with the blob that they might have become.
        await Blob(id).CommitBlockListAsync([], cancellationToken: cancellationToken);
        await Blob(id).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Removes those whose ids are from before a time, also where nobody knows of them any more.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        // Names begin with the upload's time and are listed in order.
        await foreach (var blob in blobs.Uploads.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (string.CompareOrdinal(blob.Name, RunIdText.Stamp(before)) >= 0) break;
            names.Add(blob.Name);
        }

        foreach (var name in names)
            await blobs.Uploads.DeleteBlobIfExistsAsync(name, DeleteSnapshotsOption.None, cancellationToken: cancellationToken);
        return names.Count;
    }

    private BlockBlobClient Blob(UploadId id) => blobs.Uploads.GetBlockBlobClient(id.Value);

    // All of one length, as the service demands.
    private static string BlockName(int number) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(number.ToString("D8", CultureInfo.InvariantCulture)));

    private static int Number(string name) =>
        int.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(name)), NumberStyles.None, CultureInfo.InvariantCulture);
}
