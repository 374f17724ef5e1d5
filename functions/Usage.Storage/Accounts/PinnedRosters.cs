using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// The accounts as each run saw them when it began, so that all of its file is matched by one list: blobs <c>pinned/{content}</c>, which
/// never change and which runs share, and for each run that needs one the empty blob <c>pins/{run}/{content}</c>. The last one to need a
/// list removes it.
/// </summary>
public sealed class PinnedRosters(Roster roster, AccountClosures closures, UsageBlobs blobs) : IDisposable
{
    /// <summary>Lists in memory beside the current one: runs that overlap a change of accounts have two.</summary>
    private const int MaxKept = 2;

    private const string Pins = "pins/";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, RosterSnapshot> _kept = [];

    /// <summary>Keeps the current list for a run that is on record as working. Done again, the run has both until it ends.</summary>
    /// <returns>The list and its name.</returns>
    public async Task<(string Name, RosterSnapshot Roster)> PinAsync(RunId run, CancellationToken cancellationToken)
    {
        await closures.WaitAsync(cancellationToken);
        var now = await roster.GetAsync(cancellationToken);
        var name = now.Name;
        // The pin first: whoever removes the list looks for pins after it has read the list's version, which the touch changes.
        await blobs.Accounts.GetBlobClient($"{Pins}{run}/{name}").UploadAsync(BinaryData.Empty, overwrite: true, cancellationToken);
        if (!await TryTouchAsync(name, cancellationToken)) await AddAsync(name, now, cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Keep(name, now);
        }
        finally
        {
            _turn.Release();
        }

        return (name, now);
    }

    /// <summary>A list that a run has pinned.</summary>
    public async Task<RosterSnapshot> GetAsync(string name, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_kept.TryGetValue(name, out var kept)) return kept;
            if (roster.Known is { } now && now.Name == name) return Keep(name, now);
            using var download = (await Blob(name).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            var accounts = await PackedAccounts.ReadAsync(download, cancellationToken) ?? throw new InvalidDataException(
                $"the accounts {name} are in the format of another release, with which the run has begun");
            return Keep(name, new RosterSnapshot(accounts));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Once the run has ended; lists that no other run needs are removed.</summary>
    public async Task ReleaseAsync(RunId run, CancellationToken cancellationToken)
    {
        foreach (var pin in await ListAsync($"{Pins}{run}/", cancellationToken))
        {
            await blobs.Accounts.DeleteBlobIfExistsAsync(pin, cancellationToken: cancellationToken);
            await RemoveUnusedAsync(pin[(pin.LastIndexOf('/') + 1)..], cancellationToken);
        }
    }

    public void Dispose() => _turn.Dispose();

    private RosterSnapshot Keep(string name, RosterSnapshot found)
    {
        if (_kept.Count >= MaxKept && !_kept.ContainsKey(name)) _kept.Clear();
        return _kept[name] = found;
    }

    private async Task RemoveUnusedAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var version = (await Blob(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag;
            var pins = await ListAsync(Pins, cancellationToken);
            if (pins.Any(pin => pin.EndsWith($"/{name}", StringComparison.Ordinal))) return;
            var untouched = new BlobRequestConditions { IfMatch = version };
            await Blob(name).DeleteAsync(DeleteSnapshotsOption.None, untouched, cancellationToken);
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            // Another run removed it, or has pinned it in between and will remove it.
        }
    }

    /// <returns>False: there is none of that name.</returns>
    private async Task<bool> TryTouchAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(name).SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

    private async Task AddAsync(string name, RosterSnapshot accounts, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(name).UploadAsync(new BinaryData(accounts.Packed.ToBlob()), overwrite: false, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Another run of the same moment has added it: it has the same content.
        }
    }

    private async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        await blobs.Accounts.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).Select(blob => blob.Name)
            .ToListAsync(cancellationToken);

    private BlobClient Blob(string name) => blobs.Accounts.GetBlobClient($"pinned/{name}");
}
