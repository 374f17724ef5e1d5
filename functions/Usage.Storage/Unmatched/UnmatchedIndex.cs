using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Usage.Core;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Storage.Imports.Reading;

namespace Usage.Storage.Unmatched;

/// <summary>
/// The identifiers of all waiting runs of an integration, added up, so that a page of them is one read:
/// <c>lists/{integration}/made.json</c> names the runs and the two lists that were made of them, by key and by rows. It is made anew when
/// other runs wait than it names, or a run has another list; new runs are joined to the list that is there.
/// </summary>
public sealed class UnmatchedIndex(UsageBlobs blobs, WaitingRuns waiting, RunIdentifiers identifiers, TimeProvider clock) : IDisposable
{
    private const string Folder = "lists/";
    private const string Index = "made.json";

    /// <summary>Identifiers that are put into their order in memory; longer lists are merged of such parts.</summary>
    private const int SortedAtOnce = 1 << 14;

    /// <summary>Somebody may still read lists that are no older, or be making them.</summary>
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="Stamp">Part of the names of its lists.</param>
    internal sealed record State(IReadOnlyList<WaitingRuns.Listed> Runs, string Stamp);

    /// <returns>The current one's stamp; null: nothing waits.</returns>
    public async Task<string?> RefreshAsync(IntegrationId integration, CancellationToken cancellationToken)
    {
        while (true)
        {
            var runs = await waiting.ListedAsync(integration, cancellationToken);
            if (runs.Count == 0) return null;
            var (state, version) = await ReadAsync(integration, cancellationToken);
            if (state is not null && state.Runs.SequenceEqual(runs)) return state.Stamp;
            await _turn.WaitAsync(cancellationToken);
            try
            {
                // Somebody may have made it while this one waited.
                (state, version) = await ReadAsync(integration, cancellationToken);
                if (state is not null && state.Runs.SequenceEqual(runs)) return state.Stamp;
                if (await TryMakeAsync(integration, runs, state, version, cancellationToken) is { } stamp) return stamp;
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <summary>Takes the lists away, which are made anew when they are asked for: those of some run have become others.</summary>
    public async Task ForgetAsync(IntegrationId integration, CancellationToken cancellationToken)
    {
        var all = new GetBlobsOptions { Prefix = $"{Folder}{integration}/" };
        await foreach (var blob in blobs.Unmatched.GetBlobsAsync(all, cancellationToken))
            await blobs.Unmatched.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
    }

    /// <returns>Null: it is gone, since others were made meanwhile.</returns>
    internal Task<KeyList?> OpenAsync(IntegrationId integration, string stamp, CancellationToken cancellationToken) =>
        KeyList.FindAsync(Blob(integration, $"{stamp}-rows"), cancellationToken);

    public void Dispose() => _turn.Dispose();

    /// <returns>The stamp; null: somebody else was faster.</returns>
    private async Task<string?> TryMakeAsync(
        IntegrationId integration, IReadOnlyList<WaitingRuns.Listed> runs, State? before, ETag? version,
        CancellationToken cancellationToken)
    {
        var stamp = Guid.NewGuid().ToString("N");
        var parts = await JoinAsync(integration, stamp, runs, before, cancellationToken);
        await OrderAsync(integration, stamp, parts, cancellationToken);
        try
        {
            var condition = version is { } read
                ? new BlobRequestConditions { IfMatch = read } : new BlobRequestConditions { IfNoneMatch = ETag.All };
            await Blob(integration, Index).UploadAsync(
                BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(new State(runs, stamp), CoreJson.Options)),
                new BlobUploadOptions { Conditions = condition }, cancellationToken);
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return null;
        }

        await RemoveAsync(integration, stamp, cancellationToken);
        return stamp;
    }

    /// <summary>Writes the list by key; and parts of the list by rows, each in its order.</summary>
    /// <returns>How many parts.</returns>
    private async Task<int> JoinAsync(
        IntegrationId integration, string stamp, IReadOnlyList<WaitingRuns.Listed> runs, State? before,
        CancellationToken cancellationToken)
    {
        var added = before is not null && !before.Runs.Except(runs).Any() ? before : null;
        var lists = new List<IAsyncEnumerable<WaitingKey>>();
        if (added is not null && await KeyList.FindAsync(Blob(integration, $"{added.Stamp}-keys"), cancellationToken) is { } sum)
            lists.Add(sum.ReadAsync(null, WaitingKey.ByKey, KeyList.PieceBytes(2), cancellationToken));
        else added = null;
        var others = runs.Except(added?.Runs ?? []).ToList();
        foreach (var run in others)
            if (await identifiers.OpenAsync(run.Run, cancellationToken) is { } list)
                lists.Add(list.ReadAsync(null, WaitingKey.ByKey, KeyList.PieceBytes(others.Count), cancellationToken));

        await using var file = new BlockUploadStream(Block(integration, $"{stamp}-keys"));
        using var writer = new KeyListWriter(file);
        var (parts, part) = (0, new List<WaitingKey>());
        await foreach (var key in WaitingMerge.JoinAsync(lists, cancellationToken))
        {
            writer.Add(key);
            if (key.Rows == 0) continue;
            part.Add(key);
            if (part.Count == SortedAtOnce) await WritePartAsync();
        }

        await WritePartAsync();
        await writer.CompleteAsync(cancellationToken);
        return parts;

        async Task WritePartAsync()
        {
            part.Sort(WaitingKey.ByRows);
            await WriteAsync(Block(integration, $"{stamp}-part{parts++}"), part.ToAsyncEnumerable(), cancellationToken);
            part.Clear();
        }
    }

    private async Task OrderAsync(IntegrationId integration, string stamp, int parts, CancellationToken cancellationToken)
    {
        var lists = new List<IAsyncEnumerable<WaitingKey>>();
        for (var part = 0; part < parts; part++)
            lists.Add((await KeyList.FindAsync(Blob(integration, $"{stamp}-part{part}"), cancellationToken))!
                .ReadAsync(null, WaitingKey.ByRows, KeyList.PieceBytes(parts), cancellationToken));
        await WriteAsync(
            Block(integration, $"{stamp}-rows"), WaitingMerge.OrderAsync(lists, WaitingKey.ByRows, cancellationToken), cancellationToken);
        for (var part = 0; part < parts; part++)
            await Blob(integration, $"{stamp}-part{part}").DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    private static async Task WriteAsync(BlockBlobClient blob, IAsyncEnumerable<WaitingKey> keys, CancellationToken cancellationToken)
    {
        await using var file = new BlockUploadStream(blob);
        using var writer = new KeyListWriter(file);
        await foreach (var key in keys) writer.Add(key);
        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Lists that were made before, and what a crash has left of one.</summary>
    private async Task RemoveAsync(IntegrationId integration, string kept, CancellationToken cancellationToken)
    {
        var old = clock.GetUtcNow() - InUse;
        var all = new GetBlobsOptions { Prefix = $"{Folder}{integration}/" };
        await foreach (var blob in blobs.Unmatched.GetBlobsAsync(all, cancellationToken))
        {
            var name = blob.Name[(blob.Name.LastIndexOf('/') + 1)..];
            if (name == Index || name.Split('-')[0] == kept || blob.Properties.LastModified > old) continue;
            await blobs.Unmatched.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    private async Task<(State? State, ETag? Version)> ReadAsync(IntegrationId integration, CancellationToken cancellationToken)
    {
        try
        {
            var read = (await Blob(integration, Index).DownloadContentAsync(cancellationToken)).Value;
            return (JsonSerializer.Deserialize<State>(read.Content.ToMemory().Span, CoreJson.Options), read.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return (null, null);
        }
    }

    private BlobClient Blob(IntegrationId integration, string name) => blobs.Unmatched.GetBlobClient($"{Folder}{integration}/{name}");

    private BlockBlobClient Block(IntegrationId integration, string name) =>
        blobs.Unmatched.GetBlockBlobClient($"{Folder}{integration}/{name}");
}
