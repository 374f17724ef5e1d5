using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Unmatched;

/// <summary>
/// What was said of identifiers: for each integration one blob, <c>resolutions/{integration}</c>, ordered by kind and key, since each of
/// its runs reads all of them. Kept in memory until it moves.
/// </summary>
public sealed class ResolutionStore(UsageBlobs blobs)
{
    private const string Folder = "resolutions/";

    private readonly ConcurrentDictionary<IntegrationId, ResolutionList> _known = new();

    /// <summary>All that are the account.</summary>
    public async Task<IReadOnlyList<Resolution>> OfAccountAsync(AccountId account, CancellationToken cancellationToken)
    {
        var found = new List<Resolution>();
        await foreach (var blob in blobs.Unmatched.GetBlobsAsync(new GetBlobsOptions { Prefix = Folder }, cancellationToken))
            found.AddRange((await ReadAsync(new IntegrationId(blob.Name[Folder.Length..]), cancellationToken)).All
                .Where(resolution => resolution.Account == account));
        return found;
    }

    /// <summary>In place of what was said of the identifier before. Done again, or late, it changes nothing.</summary>
    public Task PutAsync(Resolution resolution, CancellationToken cancellationToken) =>
        ChangeAsync(
            resolution,
            before => before is not null && before.At >= resolution.At
                ? null : (others, place) => [.. others[..place], resolution, .. others[place..]],
            cancellationToken);

    /// <returns>False: it is another one by now, or none.</returns>
    public Task<bool> TryDeleteAsync(Resolution read, CancellationToken cancellationToken) =>
        ChangeAsync(read, before => before != read ? null : (others, _) => others, cancellationToken);

    /// <param name="change">Of what is there now; null: nothing is to be done.</param>
    private async Task<bool> ChangeAsync(
        Resolution one, Func<Resolution?, Func<Resolution[], int, Resolution[]>?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await ReadAsync(one.Integration, cancellationToken);
            if (change(known.Find(one.By, one.Key)) is not { } make) return false;
            var (others, place) = known.Without(one);
            if (await TryWriteAsync(one.Integration, make(others, place), known.Version, cancellationToken)) return true;
        }
    }

    private async Task<bool> TryWriteAsync(
        IntegrationId integration, Resolution[] resolutions, ETag? over, CancellationToken cancellationToken)
    {
        try
        {
            var condition = over is { } version
                ? new BlobRequestConditions { IfMatch = version } : new BlobRequestConditions { IfNoneMatch = ETag.All };
            var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(resolutions, CoreJson.Options));
            var written = await Blob(integration).UploadAsync(content, new BlobUploadOptions { Conditions = condition }, cancellationToken);
            _known[integration] = new ResolutionList(resolutions, written.Value.ETag);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>As they are now.</summary>
    public async Task<ResolutionList> ReadAsync(IntegrationId integration, CancellationToken cancellationToken)
    {
        _known.TryGetValue(integration, out var known);
        try
        {
            var changed = new BlobRequestConditions { IfNoneMatch = known?.Version };
            var read = await Blob(integration).DownloadContentAsync(new BlobDownloadOptions { Conditions = changed }, cancellationToken);
            // Nothing has changed.
            if (read.GetRawResponse().Status == 304) return known!;
            var resolutions = JsonSerializer.Deserialize<Resolution[]>(read.Value.Content.ToMemory().Span, CoreJson.Options)!;
            return _known[integration] = new ResolutionList(resolutions, read.Value.Details.ETag);
        }
        catch (RequestFailedException other) when (other.Status is 304 or 404)
        {
            return other.Status == 304 ? known! : new ResolutionList([], null);
        }
    }

    private BlobClient Blob(IntegrationId integration) => blobs.Unmatched.GetBlobClient($"{Folder}{integration}");
}
