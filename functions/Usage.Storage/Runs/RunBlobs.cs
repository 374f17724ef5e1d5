using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Usage.Core;
using Usage.Core.Ids;

namespace Usage.Storage.Runs;

/// <summary>
/// A run's blobs, <c>usage-runs/{run}/…</c>. What activities hand to each other is here, since an orchestration's history must stay
/// small. When the run ends all of it goes, except what <see cref="IsKept"/> says.
/// </summary>
public sealed class RunBlobs(UsageBlobs blobs)
{
    public const string RejectedCsv = "rejected.csv";
    public const string Result = "result.json";

    internal const string Details = "run.json";

    /// <summary>Names of what tells what a run wrote begin so.</summary>
    internal const string Changes = "changes/";

    /// <summary>Names of what is kept of a run's rows begin so.</summary>
    internal const string Rows = "rows/";

    internal const string Mapping = "mapping.json";
    internal const string Plan = "plan.json";
    internal const string Undecided = "undecided.json";

    internal const string File = "file";

    internal const string Staged = "staged";

    /// <summary>The body of a test run, by whose ending its delimiter may be told.</summary>
    private static readonly string[] Bodies = ["upload.csv", "upload.tsv"];

    internal const string Unmatched = "unmatched";

    internal const string Resolutions = "resolutions.json";

    private static readonly string[] Kept =
        [RejectedCsv, Result, Details, Mapping, Plan, Undecided, File, Staged, Unmatched, Resolutions, .. Bodies];

    /// <summary>The copy of the file that a run was admitted with.</summary>
    internal static RunSource Pinned(RunId run, string etag) => new(UsageBlobs.RunsName, $"{run}/{File}", etag, Force: false);

    internal BlobClient Blob(RunId run, string name) => blobs.Runs.GetBlobClient($"{run}/{name}");

    internal BlockBlobClient Block(RunId run, string name) => blobs.Runs.GetBlockBlobClient($"{run}/{name}");

    internal AppendBlobClient Append(RunId run, string name) => blobs.Runs.GetAppendBlobClient($"{run}/{name}");

    internal Task SaveJsonAsync<T>(RunId run, string name, T value, CancellationToken cancellationToken) =>
        Blob(run, name).UploadAsync(ToJson(value), overwrite: true, cancellationToken);

    internal Task SaveAsync(RunId run, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        Blob(run, name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, cancellationToken);

    /// <returns>Null when there is no such blob.</returns>
    internal async Task<byte[]?> FindBytesAsync(RunId run, string name, CancellationToken cancellationToken) =>
        await ExistsAsync(run, name, cancellationToken)
        ? (await Blob(run, name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray() : null;

    /// <summary>Leaves what is there as it is: what was saved first counts.</summary>
    /// <returns>False when it was there, from an earlier attempt or from this one, whose answer got lost.</returns>
    internal async Task<bool> AddJsonAsync<T>(RunId run, string name, T value, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(run, name).UploadAsync(ToJson(value), overwrite: false, cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            return false;
        }
    }

    internal async Task<T> LoadJsonAsync<T>(RunId run, string name, CancellationToken cancellationToken) =>
        FromJson<T>((await Blob(run, name).DownloadContentAsync(cancellationToken)).Value.Content);

    /// <returns>Null when there is no such blob.</returns>
    internal async Task<T?> FindJsonAsync<T>(RunId run, string name, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await LoadJsonAsync<T>(run, name, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <param name="known">The version that the caller has; null: none.</param>
    /// <returns>Null when there is no such blob; without a value when it is the known version.</returns>
    internal async Task<(ETag Version, T? Value)?> FindChangedAsync<T>(
        RunId run, string name, ETag? known, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var changed = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = known } };
            var read = await Blob(run, name).DownloadContentAsync(changed, cancellationToken);
            return read.GetRawResponse().Status == 304 ? (known!.Value, null) : (read.Value.Details.ETag, FromJson<T>(read.Value.Content));
        }
        catch (RequestFailedException other) when (other.Status is 304 or 404)
        {
            return other.Status == 304 ? (known!.Value, null) : null;
        }
    }

    /// <summary>Several, in order, one after the other as they are asked for: not all are in memory at once.</summary>
    internal IEnumerable<T> LoadAll<T>(RunId run, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names) yield return FromJson<T>(Blob(run, name).DownloadContent(cancellationToken).Value.Content);
    }

    internal async Task<string> LoadTextAsync(RunId run, string name, CancellationToken cancellationToken) =>
        (await Blob(run, name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();

    internal async Task<bool> ExistsAsync(RunId run, string name, CancellationToken cancellationToken) =>
        await Blob(run, name).ExistsAsync(cancellationToken);

    /// <returns>Null when there is no such blob.</returns>
    internal async Task<Stream?> FindAsync(RunId run, string name, CancellationToken cancellationToken) =>
        await ExistsAsync(run, name, cancellationToken)
        ? (await Blob(run, name).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content
        : null;

    /// <summary>A stretch of a blob as a stream that holds at most a network buffer.</summary>
    internal async Task<Stream> OpenRangeAsync(RunId run, string name, long offset, long length, CancellationToken cancellationToken)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
        return (await Blob(run, name).DownloadStreamingAsync(range, cancellationToken)).Value.Content;
    }

    /// <summary>Whether a blob stays when its run has ended.</summary>
    public static bool IsKept(string name) => Kept.Contains(name)
        || name.StartsWith(Changes, StringComparison.Ordinal) || name.StartsWith(Rows, StringComparison.Ordinal);

    /// <summary>Names of a run's blobs that begin so.</summary>
    internal async Task<IReadOnlyList<string>> ListAsync(RunId run, string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var blob in blobs.Runs.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{run}/{prefix}" }, cancellationToken))
            names.Add(blob.Name[(run.Value.Length + 1)..]);
        return names;
    }

    /// <summary>Deletes the intermediates.</summary>
    internal async Task CleanAsync(RunId run, CancellationToken cancellationToken)
    {
        var names = (await ListAsync(run, "", cancellationToken)).Where(name => !IsKept(name));
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (name, cancellationToken) => await Blob(run, name).DeleteIfExistsAsync(cancellationToken: cancellationToken));
    }

    private static BinaryData ToJson<T>(T value) => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(value, CoreJson.Options));

    private static T FromJson<T>(BinaryData content) => JsonSerializer.Deserialize<T>(content.ToMemory().Span, CoreJson.Options)!;
}
