using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Pulls;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>The files that teams drop.</summary>
public sealed class DropStore(UsageBlobs blobs)
{
    private const string ForceMetadata = "force";
    private const string DateMetadata = "date";

    /// <summary>Which upload it is a copy of; and so that it has none of that one's own metadata.</summary>
    private const string UploadMetadata = "upload";

    // In hexadecimal, with eight digits behind it: 48 bytes, as long as the ids of blocks that Azure's own clients stage under the name.
    private const int MarkBytes = 20;

    /// <returns>Null when there is no such blob (any more).</returns>
    public async Task<Drop?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await blobs.Imports.GetBlobClient(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return ToDrop(path, found.ETag, found.LastModified, found.Metadata);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Files in an integration's folder.</summary>
    public IAsyncEnumerable<Drop> ListAsync(IntegrationId integration, CancellationToken cancellationToken) =>
        ListPrefixAsync($"{integration}/", cancellationToken);

    /// <summary>All files, those outside of any folder too.</summary>
    public IAsyncEnumerable<Drop> ListAsync(CancellationToken cancellationToken) => ListPrefixAsync(null, cancellationToken);

    /// <summary>Writes a file in one piece: it is there whole or not at all.</summary>
    /// <param name="date">Of all of its rows; null: none is given.</param>
    /// <returns>Null: a file of this name was written meanwhile, which is there now; nothing is kept of this one.</returns>
    public async Task<Drop?> WriteAsync(string path, Stream content, bool force, string? date, CancellationToken cancellationToken)
    {
        var metadata = Metadata(force, date);
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes));
        await using var upload = new BlockUploadStream(blobs.Imports.GetBlockBlobClient(path), mark);
        try
        {
            await content.CopyToAsync(upload, cancellationToken);
            var written = await upload.CompleteAsync(metadata, cancellationToken);
            return ToDrop(path, written.ETag, written.LastModified, metadata);
        }
        catch (RequestFailedException beaten) when (beaten.ErrorCode == BlobErrorCode.InvalidBlockList
            || beaten.ErrorCode == BlobErrorCode.InvalidBlobOrBlock)
        {
            // Whoever completes the name first takes away what the others have staged under it.
            return null;
        }
    }

    /// <summary>The same of an upload, inside the storage account.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    /// <exception cref="FileReplacedException">The upload is gone.</exception>
    public async Task<Drop?> CopyAsync(string path, RunSource upload, bool force, string? date, CancellationToken cancellationToken)
    {
        var metadata = Metadata(force, date);
        metadata.Add(UploadMetadata, upload.Blob);
        var options = new BlobCopyFromUriOptions { Metadata = metadata };
        try
        {
            var (there, isCopy) = await BlobCopies.CopyAsync(
                blobs.Blob(upload.Container, upload.Blob), blobs.Imports.GetBlobClient(path), options, cancellationToken);
            return isCopy ? ToDrop(path, there.ETag, there.LastModified, metadata) : null;
        }
        catch (RequestFailedException beaten) when (beaten.ErrorCode == BlobErrorCode.PendingCopyOperation)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Metadata(bool force, string? date)
    {
        var metadata = new Dictionary<string, string>();
        if (force) metadata.Add(ForceMetadata, "true");
        if (date is not null) metadata.Add(DateMetadata, date);
        return metadata;
    }

    private async IAsyncEnumerable<Drop> ListPrefixAsync(string? prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = prefix, Traits = BlobTraits.Metadata };
        await foreach (var blob in blobs.Imports.GetBlobsAsync(options, cancellationToken))
            if (blob.Properties is { ETag: { } etag, LastModified: { } arrivedAt })
                yield return ToDrop(blob.Name, etag, arrivedAt, blob.Metadata);
    }

    private static Drop ToDrop(string path, ETag etag, DateTimeOffset arrivedAt, IDictionary<string, string>? metadata) => new(
        path, Plain(etag), arrivedAt, string.Equals(Find(metadata, ForceMetadata), "true", StringComparison.OrdinalIgnoreCase))
    {
        Date = Find(metadata, DateMetadata),
        SourceName = Find(metadata, PulledFile.NameMetadata) is { } name ? Uri.UnescapeDataString(name) : null,
    };

    private static string? Find(IDictionary<string, string>? metadata, string key) =>
        metadata?.FirstOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;

    private static string Plain(ETag etag) => etag.ToString("G").Trim('"');
}
