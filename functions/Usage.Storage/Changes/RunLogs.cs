using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Changes;

/// <summary>What an ended run's log has, saved beside it so that one value is found without reading all of it.</summary>
/// <param name="Partitions">Of the run; a block's is its number modulo that.</param>
/// <param name="Pieces">Of all partitions, in order.</param>
public sealed record LogIndex(LogHeader Header, int Partitions, IReadOnlyList<LogPiece> Pieces)
{
    /// <summary>The pieces that may have a group; hardly ever more than one.</summary>
    /// <param name="product">Its place in the header.</param>
    public IEnumerable<LogPiece> PiecesOf(int product, DateOnly date, int block) =>
        Pieces.Where(piece => piece.Partition == block % Partitions && piece.MayHave(product, date, block));

    /// <summary>A piece of the same log, as it was before an erase.</summary>
    internal LogPiece? Find(LogIndex before, LogPiece piece)
    {
        var place = before.Pieces.TakeWhile(one => !ReferenceEquals(one, piece)).Count();
        return place < before.Pieces.Count && before.Pieces.Count == Pieces.Count ? Pieces[place] : null;
    }

    /// <summary>The first and the last date, or dates before and behind them.</summary>
    // A method, since indexes are kept.
    public (DateOnly First, DateOnly Last) Dates() => (
        Pieces.Min(piece => piece.Span?.FirstDate ?? DateOnly.MinValue), Pieces.Max(piece => piece.Span?.LastDate ?? DateOnly.MaxValue));
}

/// <summary>The logs of what runs wrote, <c>usage-runs/{run}/changes/…</c>.</summary>
public sealed class RunLogs(RunBlobs blobs)
{
    internal const string Index = RunBlobs.Changes + "index.json";

    /// <summary>Indexes that are kept in memory: only an erase changes them.</summary>
    private const int MaxIndexes = 64;

    /// <summary>Pieces of about 100 KB: of four runs' logs for four partitions that are written at once, this one's and the next.</summary>
    private const int MaxPieces = 32;

    private const int ReadAtOnce = 8;

    private readonly ConcurrentDictionary<RunId, LogIndex> _indexes = new();
    private readonly ConcurrentDictionary<(RunId, int Partition, string? Copy, long Offset), Task<PackedPiece>> _pieces = new();

    public Task<WriteLog> OpenAsync(RunId run, int partition, LogHeader header, CancellationToken cancellationToken) =>
        WriteLog.OpenAsync(blobs, run, partition, header, cancellationToken);

    public Task SaveIndexAsync(RunId run, LogIndex index, CancellationToken cancellationToken) =>
        blobs.SaveJsonAsync(run, Index, index, cancellationToken);

    /// <summary>What is kept in memory is as it was before an erase.</summary>
    internal void Forget(RunId run) => _indexes.TryRemove(run, out _);

    /// <returns>Null: the run wrote nothing, hasn't ended, or its details are gone.</returns>
    public async Task<LogIndex?> FindIndexAsync(RunId run, CancellationToken cancellationToken)
    {
        if (_indexes.TryGetValue(run, out var known)) return known;
        if (await blobs.FindJsonAsync<LogIndex>(run, Index, cancellationToken) is not { } index) return null;
        if (_indexes.Count >= MaxIndexes) _indexes.Clear();
        return _indexes.GetOrAdd(run, index);
    }

    public async Task<LogIndex> GetIndexAsync(RunId run, CancellationToken cancellationToken) =>
        await FindIndexAsync(run, cancellationToken)
        ?? throw new InvalidOperationException($"what run {run} wrote isn't kept any more");

    /// <summary>The groups of some pieces, in order.</summary>
    public async IAsyncEnumerable<GroupWrites> ReadAsync(
        RunId run, IEnumerable<LogPiece> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = await GetIndexAsync(run, cancellationToken);
        foreach (var piece in pieces)
            foreach (var group in (await LoadAsync(run, index, piece, cancellationToken)).Groups(_ => true))
                yield return group;
    }

    /// <summary>Some groups of some pieces, without unpacking the others.</summary>
    /// <param name="isWanted">By product (its place in the header), date and block.</param>
    public async Task<IReadOnlyList<GroupWrites>> FindAsync(
        RunId run, IReadOnlyList<LogPiece> pieces, Func<(int Product, DateOnly Date, int Block), bool> isWanted,
        CancellationToken cancellationToken)
    {
        var (index, found) = (await GetIndexAsync(run, cancellationToken), new ConcurrentBag<GroupWrites>());
        await Parallel.ForEachAsync(
            pieces, new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (piece, cancellationToken) =>
            {
                foreach (var group in (await LoadAsync(run, index, piece, cancellationToken)).Groups(isWanted)) found.Add(group);
            });
        return [.. found];
    }

    /// <returns>Null: the run wrote nothing of them.</returns>
    public async Task<GroupWrites?> FindAsync(
        RunId run, LogIndex index, ProductId product, DateOnly date, int block, CancellationToken cancellationToken)
    {
        foreach (var piece in index.Pieces)
        {
            if (piece.Partition != block % index.Partitions || block < piece.First || block > piece.Last) continue;
            if ((await KeepAsync(run, index, piece, cancellationToken)).Find(product, date, block) is { } found) return found;
        }

        return null;
    }

    /// <summary>Neighbours ask for the same piece at the same time.</summary>
    private async Task<PackedPiece> KeepAsync(RunId run, LogIndex index, LogPiece piece, CancellationToken cancellationToken)
    {
        var key = (run, piece.Partition, piece.Copy, piece.Offset);
        if (_pieces.Count >= MaxPieces) _pieces.Clear();
        var loading = _pieces.GetOrAdd(key, _ => LoadAsync(run, index, piece, CancellationToken.None));
        try
        {
            return await loading.WaitAsync(cancellationToken);
        }
        catch when (loading.IsFaulted)
        {
            // Who asks again is to try again.
            _pieces.TryRemove(key, out _);
            throw;
        }
    }

    private async Task<PackedPiece> LoadAsync(RunId run, LogIndex index, LogPiece piece, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(run, index, piece, cancellationToken);
        using var bytes = new MemoryStream(piece.Length);
        await content.CopyToAsync(bytes, cancellationToken);
        var packed = LogFrames.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length)).Last().Bytes;
        return new PackedPiece(packed, index.Header.Products, piece.Without);
    }

    private async Task<Stream> OpenAsync(RunId run, LogIndex index, LogPiece piece, CancellationToken cancellationToken)
    {
        try
        {
            var name = WriteLog.Name(piece.Partition, piece.Copy);
            return await blobs.OpenRangeAsync(run, name, piece.Offset, piece.Length, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            _indexes.TryRemove(run, out _);
            // An erase has written it anew meanwhile, with as many pieces in the same order.
            if (await FindIndexAsync(run, cancellationToken) is { } now && now.Find(index, piece) is { } anew && anew.Copy != piece.Copy)
                return await OpenAsync(run, now, anew, cancellationToken);
            // The upkeep has deleted it: who asks again finds no index.
            throw;
        }
    }
}
