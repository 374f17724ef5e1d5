using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Imports;

/// <summary>The files that teams drop.</summary>
public sealed class DropStore(UsageBlobs blobs)
{
    private const string ForceMetadata = "force";

    /// <returns>Null when there is no such blob (any more).</returns>
    public async Task<Drop?> FindAsync(string path, CancellationToken cancel)
    {
        try
        {
            var found = (await blobs.Imports.GetBlobClient(path).GetPropertiesAsync(cancellationToken: cancel)).Value;
            return new Drop(path, Plain(found.ETag), found.LastModified, IsForced(found.Metadata));
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Files in an integration's folder.</summary>
    public IAsyncEnumerable<Drop> ListAsync(IntegrationId integration, CancellationToken cancel) =>
        ListPrefixAsync($"{integration}/", cancel);

    /// <summary>All files, those outside of any folder too.</summary>
    public IAsyncEnumerable<Drop> ListAsync(CancellationToken cancel) => ListPrefixAsync(null, cancel);

    /// <summary>Writes a file in one piece: it is there whole or not at all.</summary>
    public async Task<Drop> WriteAsync(string path, Stream content, bool force, CancellationToken cancel)
    {
        var options = new BlobUploadOptions { TransferOptions = UsageBlobs.SmallPieces };
        if (force) options.Metadata = new Dictionary<string, string> { [ForceMetadata] = "true" };
        var written = await blobs.Imports.GetBlobClient(path).UploadAsync(content, options, cancel);
        return new Drop(path, Plain(written.Value.ETag), written.Value.LastModified, force);
    }

    private async IAsyncEnumerable<Drop> ListPrefixAsync(string? prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = new GetBlobsOptions { Prefix = prefix, Traits = BlobTraits.Metadata };
        await foreach (var blob in blobs.Imports.GetBlobsAsync(options, cancel))
            if (blob.Properties is { ETag: { } etag, LastModified: { } arrivedAt })
                yield return new Drop(blob.Name, Plain(etag), arrivedAt, IsForced(blob.Metadata));
    }

    private static bool IsForced(IDictionary<string, string>? metadata) => metadata?.Any(pair =>
        pair.Key.Equals(ForceMetadata, StringComparison.OrdinalIgnoreCase)
        && pair.Value.Equals("true", StringComparison.OrdinalIgnoreCase)) == true;

    private static string Plain(ETag etag) => etag.ToString("G").Trim('"');
}
