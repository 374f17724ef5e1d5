using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>The files that runs read. Each run reads the content that it was started for, and no later one.</summary>
public sealed class SourceFiles(UsageBlobs blobs)
{
    /// <summary>The whole file; the stream can be sought in, and be read synchronously then.</summary>
    /// <exception cref="FileReplacedException">The content is another one now, or gone.</exception>
    public Task<Stream> OpenAsync(RunSource source, CancellationToken cancellationToken) =>
        DownloadAsync(source, default, cancellationToken);

    /// <exception cref="FileReplacedException">The content is another one now, or gone.</exception>
    public Task<Stream> OpenAsync(RunSource source, long offset, long length, CancellationToken cancellationToken) =>
        length == 0 ? Task.FromResult(Stream.Null) : DownloadAsync(source, new HttpRange(offset, length), cancellationToken);

    /// <summary>Keeps the body of a test run beside the run.</summary>
    public async Task<(RunSource Source, DateTimeOffset ArrivedAt)> SaveAsync(
        RunId run, string name, Stream content, CancellationToken cancellationToken)
    {
        var path = $"{run}/{name}";
        var written = (await blobs.Runs.GetBlobClient(path)
            .UploadAsync(content, new BlobUploadOptions { TransferOptions = UsageBlobs.SmallPieces }, cancellationToken)).Value;
        return (new RunSource(blobs.Runs.Name, path, written.ETag.ToString("G").Trim('"'), Force: false), written.LastModified);
    }

    /// <summary>Keeps a copy of an upload beside its test run, as if it had been the body.</summary>
    /// <exception cref="FileReplacedException">It is gone.</exception>
    public async Task<(RunSource Source, DateTimeOffset ArrivedAt)> SaveAsync(
        RunId run, string name, RunSource upload, CancellationToken cancellationToken)
    {
        var path = $"{run}/{name}";
        var there = await CopyAsync(upload, path, cancellationToken);
        return (new RunSource(blobs.Runs.Name, path, there.ETag.ToString("G").Trim('"'), Force: false), there.LastModified);
    }

    /// <summary>Takes a copy of a dropped file, the version that its run was started for, inside the storage account.</summary>
    /// <exception cref="FileReplacedException">It is gone.</exception>
    public async Task<RunSource> PinAsync(RunId run, RunSource source, CancellationToken cancellationToken)
    {
        var there = await CopyAsync(source, RunBlobs.Pinned(run, "").Blob, cancellationToken);
        return RunBlobs.Pinned(run, there.ETag.ToString("G").Trim('"'));
    }

    /// <returns>The copy that was taken of the file with which a run began; null: none was, or it is gone.</returns>
    public async Task<RunSource?> FindPinnedAsync(RunId run, CancellationToken cancellationToken)
    {
        try
        {
            var copy = blobs.Runs.GetBlobClient(RunBlobs.Pinned(run, "").Blob);
            return RunBlobs.Pinned(
                run, (await copy.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag.ToString("G").Trim('"'));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public async Task<bool> ExistsAsync(RunSource source, CancellationToken cancellationToken) =>
        await Blob(source).ExistsAsync(cancellationToken);

    /// <summary>Our own copies are written again only where an account is erased.</summary>
    private static BlobRequestConditions? SameContent(RunSource source) =>
        source.IsDropped ? new BlobRequestConditions { IfMatch = new ETag(source.ETag) } : null;

    private BlobClient Blob(RunSource source) => blobs.Blob(source.Container, source.Blob);

    private async Task<BlobProperties> CopyAsync(RunSource from, string to, CancellationToken cancellationToken)
    {
        var options = new BlobCopyFromUriOptions { SourceConditions = SameContent(from) };
        return (await BlobCopies.CopyAsync(Blob(from), blobs.Runs.GetBlobClient(to), options, cancellationToken)).There;
    }

    private async Task<Stream> DownloadAsync(RunSource source, HttpRange range, CancellationToken cancellationToken)
    {
        var blob = Blob(source);
        var options = new BlobDownloadOptions { Conditions = SameContent(source), Range = range };
        try
        {
            var content = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value;
            return range == default ? new SourceStream(blob, content.Details.ETag, content) : content.Content;
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            throw new FileReplacedException(source.Blob, other);
        }
    }
}

/// <summary>The file was replaced or deleted while its run read it.</summary>
public sealed class FileReplacedException(string file, Exception inner) : Exception(
    $"The file \"{file}\" was replaced or deleted while it was read. What is there now has a run of its own; "
    + "nothing of this one was recorded.", inner);
