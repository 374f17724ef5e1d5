using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>
/// A run's blobs, <c>usage-runs/{run}/…</c>. What steps hand to each other is here, since an orchestration's history must stay
/// small; all of it goes when the run ends but for what <see cref="Kept"/> names.
/// </summary>
public sealed class RunBlobs(UsageBlobs blobs)
{
    public const string RejectedCsv = "rejected.csv";
    public const string Result = "result.json";

    private static readonly string[] Kept = [RejectedCsv, Result, "run.json"];

    public BlobClient Blob(RunId run, string name) => blobs.Runs.GetBlobClient($"{run}/{name}");

    public Task SaveJsonAsync<T>(RunId run, string name, T value, CancellationToken cancel) =>
        Blob(run, name).UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(value, CoreJson.Options)), overwrite: true, cancel);

    /// <summary>Leaves what is there as it is: the first word counts.</summary>
    /// <returns>False when it was there: of an earlier attempt, or of this one, whose answer got lost.</returns>
    public async Task<bool> AddJsonAsync<T>(RunId run, string name, T value, CancellationToken cancel)
    {
        try
        {
            await Blob(run, name).UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(value, CoreJson.Options)), overwrite: false, cancel);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            return false;
        }
    }

    public async Task<T> LoadJsonAsync<T>(RunId run, string name, CancellationToken cancel)
    {
        var content = (await Blob(run, name).DownloadContentAsync(cancel)).Value.Content;
        return JsonSerializer.Deserialize<T>(content.ToMemory().Span, CoreJson.Options)!;
    }

    /// <summary>Several, in order, one after the other as they are asked for: not all are in memory at once.</summary>
    public IEnumerable<T> LoadAll<T>(RunId run, IEnumerable<string> names, CancellationToken cancel)
    {
        foreach (var name in names)
            yield return JsonSerializer.Deserialize<T>(Blob(run, name).DownloadContent(cancel).Value.Content.ToMemory().Span, CoreJson.Options)!;
    }

    public async Task<string> LoadTextAsync(RunId run, string name, CancellationToken cancel) =>
        (await Blob(run, name).DownloadContentAsync(cancel)).Value.Content.ToString();

    public async Task<bool> ExistsAsync(RunId run, string name, CancellationToken cancel) => await Blob(run, name).ExistsAsync(cancel);

    /// <summary>A stretch of a blob as a stream that holds at most a network buffer.</summary>
    public async Task<Stream> OpenRangeAsync(RunId run, string name, long offset, long length, CancellationToken cancel) =>
        (await Blob(run, name).DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(offset, length) }, cancel)).Value.Content;

    /// <summary>Deletes the intermediates.</summary>
    public async Task CleanAsync(RunId run, CancellationToken cancel)
    {
        var names = new List<string>();
        await foreach (var blob in blobs.Runs.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{run}/" }, cancel))
            if (!Kept.Contains(blob.Name[(run.Value.Length + 1)..])) names.Add(blob.Name);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel },
            async (name, token) => await blobs.Runs.DeleteBlobIfExistsAsync(name, cancellationToken: token));
    }
}
