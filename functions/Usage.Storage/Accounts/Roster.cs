using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// All accounts, as account matching and search read them: one blob, with the changes made since on top of it, kept in
/// memory until either of them moves. Whoever asks after a change was answered sees it. Whoever finds many changes writes the blob anew.
/// </summary>
public sealed class Roster(UsageTables tables, UsageBlobs blobs, TimeProvider clock) : IDisposable
{
    /// <summary>More changes than this, each read one by one, cost more than the blob.</summary>
    private const int MaxChanges = 64;

    private readonly AccountChanges _changes = new(tables, clock);
    private readonly BlobClient _blob = blobs.Accounts.GetBlobClient("roster");
    private readonly SemaphoreSlim _turn = new(1);
    private Base _known = new(null, null);
    private volatile Cached? _cached;

    public async Task<RosterSnapshot> GetAsync(CancellationToken cancellationToken)
    {
        // The marks first: those that vanish before the blob is looked at are in the blob.
        var marks = await _changes.ListAsync(cancellationToken);
        var version = await VersionAsync(cancellationToken);
        if (_cached is { } hit && hit.Fits(version, marks)) return hit.Snapshot;

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_cached is { } late && late.Fits(version, marks)) return late.Snapshot;
            return await ReadAsync(marks, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes the blob anew, so that neither it nor what is kept beside it has anything of an account that is gone.</summary>
    public async Task RewriteAsync(AccountId gone, CancellationToken cancellationToken)
    {
        await _changes.UnnameAsync(gone, cancellationToken);
        var all = await _changes.AddAsync(account: null, cancellationToken);
        await _changes.CompleteAsync(all, cancellationToken);
        // Who is faster at writing it takes the mark away too.
        do await GetAsync(cancellationToken);
        while ((await _changes.ListAsync(cancellationToken)).Contains(all));
    }

    /// <summary>The list as it was last read; null before that.</summary>
    internal RosterSnapshot? Known => _cached?.Snapshot;

    public void Dispose() => _turn.Dispose();

    private async Task<RosterSnapshot> ReadAsync(IReadOnlyList<AccountChanges.Mark> marks, CancellationToken cancellationToken)
    {
        _known = await ReadBaseAsync(_known, cancellationToken);
        // What was read with marks that are still there needn't be read again.
        var (seen, news) = _cached is { } last && last.Version == _known.Version && !last.Marks.Except(marks).Any()
            ? (last.Snapshot.Packed, marks.Except(last.Marks).ToList())
            : (_known.Accounts ?? PackedAccounts.Empty, marks);
        var scan = _known.Accounts is null || news.Any(mark => mark.Account is null);
        var accounts = scan ? await ScanAsync(cancellationToken) : await OverlayAsync(seen, news, cancellationToken);
        var version = _known.Version;
        if ((scan && (marks.Count > 0 || version is not null)) || marks.Count > MaxChanges)
        {
            var bytes = accounts.ToBlob();
            accounts = PackedAccounts.Read(bytes);
            if (await TryWriteBaseAsync(bytes, version, cancellationToken) is { } written)
            {
                _known = new Base(written, accounts);
                await _changes.RemoveAsync(marks, cancellationToken);
                (version, marks) = (written, []);
            }
        }

        _cached = new Cached(version, marks, new RosterSnapshot(accounts));
        return _cached.Snapshot;
    }

    private async Task<ETag?> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private async Task<Base> ReadBaseAsync(Base old, CancellationToken cancellationToken)
    {
        if (await VersionAsync(cancellationToken) is not { } version) return new Base(null, null);
        if (old.Version == version) return old;
        using var download = (await _blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
        return new Base(download.Details.ETag, await PackedAccounts.ReadAsync(download, cancellationToken));
    }

    private async Task<ETag?> TryWriteBaseAsync(byte[] accounts, ETag? over, CancellationToken cancellationToken)
    {
        try
        {
            var condition = over is { } version
                ? new BlobRequestConditions { IfMatch = version } : new BlobRequestConditions { IfNoneMatch = ETag.All };
            var written = await _blob.UploadAsync(
                new BinaryData(accounts), new BlobUploadOptions { Conditions = condition }, cancellationToken);
            return written.Value.ETag;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            // Someone else wrote it; what was just read stays true, over the version that it was read from.
            return null;
        }
    }

    private async Task<PackedAccounts> ScanAsync(CancellationToken cancellationToken)
    {
        using var packer = new PackedAccounts.Packer();
        await AccountScan.RunAsync(tables, account => packer.Add(account.Numbered), cancellationToken);
        return packer.Pack();
    }

    private async Task<PackedAccounts> OverlayAsync(
        PackedAccounts accounts, IReadOnlyList<AccountChanges.Mark> marks, CancellationToken cancellationToken)
    {
        if (marks.Count == 0) return accounts;
        var changed = marks.Select(mark => mark.Account!.Value).ToHashSet();
        var now = new System.Collections.Concurrent.ConcurrentBag<NumberedAccount>();
        await Parallel.ForEachAsync(
            changed, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (id, cancellationToken) =>
        {
            var found = await tables.Accounts.GetEntityIfExistsAsync<TableEntity>(
                AccountEntity.Partition(id), id.Value, cancellationToken: cancellationToken);
            if (found.HasValue) now.Add(AccountEntity.Read(found.Value!).Numbered);
        });
        return accounts.With(changed, now);
    }

    /// <param name="Accounts">Null: there is no blob, or another release's, which is written anew.</param>
    private sealed record Base(ETag? Version, PackedAccounts? Accounts);

    private sealed record Cached(ETag? Version, IReadOnlyList<AccountChanges.Mark> Marks, RosterSnapshot Snapshot)
    {
        public bool Fits(ETag? version, IReadOnlyList<AccountChanges.Mark> marks) => Version == version && Marks.SequenceEqual(marks);
    }
}
