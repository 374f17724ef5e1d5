using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>The file that a run reads: that content and no later one.</summary>
public sealed class PinnedBlob
{
    private readonly BlobClient _blob;
    private readonly BlobRequestConditions _pinned;

    public PinnedBlob(UsageBlobs blobs, RunSource source)
    {
        _blob = (source.Container == blobs.Imports.Name ? blobs.Imports : blobs.Runs).GetBlobClient(source.Blob);
        _pinned = new BlobRequestConditions { IfMatch = new ETag(source.ETag) };
    }

    /// <exception cref="BlobReplacedException">The content is another one now, or gone.</exception>
    public Task<Stream> OpenAsync(CancellationToken cancel) => DownloadAsync(new BlobDownloadOptions { Conditions = _pinned }, cancel);

    /// <exception cref="BlobReplacedException">The content is another one now, or gone.</exception>
    public Task<Stream> OpenAsync(long offset, long length, CancellationToken cancel) => length == 0
        ? Task.FromResult(Stream.Null)
        : DownloadAsync(new BlobDownloadOptions { Conditions = _pinned, Range = new HttpRange(offset, length) }, cancel);

    private async Task<Stream> DownloadAsync(BlobDownloadOptions options, CancellationToken cancel)
    {
        try
        {
            return (await _blob.DownloadStreamingAsync(options, cancel)).Value.Content;
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            throw new BlobReplacedException(_blob.Name, other);
        }
    }
}

/// <summary>The file was replaced or deleted while its run read it.</summary>
public sealed class BlobReplacedException(string blob, Exception inner)
    : Exception($"The file \"{blob}\" was replaced or deleted while it was read. What is there now has a run of its own; nothing of this one was recorded.", inner);
