using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Snapshots.Rows;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports.Rows;

/// <summary>
/// What is kept of an ended run's rows, <c>usage-runs/{run}/rows/…</c>: <c>{batch}</c>, the table of each batch; <c>index.json</c>, what
/// is known of them without looking into them; <c>recorded</c>, a bit a row, where rows were superseded; <c>newer.json</c>, those that are
/// below what later runs wrote.
/// </summary>
public sealed class RowFiles(RunBlobs blobs)
{
    private const string Index = RunBlobs.Rows + "index.json";
    private const string Recorded = RunBlobs.Rows + "recorded";
    private const string Newer = RunBlobs.Rows + "newer.json";

    /// <summary>Runs of which it is kept in memory, until an erase changes it.</summary>
    private const int MaxKept = 16;

    private readonly ConcurrentDictionary<RunId, (ETag Version, IReadOnlyList<BatchRows> Batches)> _indexes = new();

    /// <summary>For the table of a batch.</summary>
    public BlockUploadStream CreateTable(RunId run, int batch) => new(blobs.Block(run, Table(batch)));

    public Task SaveIndexAsync(RunId run, IReadOnlyList<BatchRows> batches, CancellationToken cancellationToken) =>
        blobs.SaveJsonAsync(run, Index, batches, cancellationToken);

    /// <returns>One for each batch; null: nothing is kept of the run's rows, or not any more.</returns>
    public async Task<IReadOnlyList<BatchRows>?> FindIndexAsync(RunId run, CancellationToken cancellationToken)
    {
        var known = _indexes.TryGetValue(run, out var kept) ? kept.Version : default(ETag?);
        if (await blobs.FindChangedAsync<IReadOnlyList<BatchRows>>(run, Index, known, cancellationToken) is not { } found) return null;
        if (found.Value is not { } index) return kept.Batches;
        if (_indexes.Count >= MaxKept) _indexes.Clear();
        _indexes[run] = (found.Version, index);
        return index;
    }

    /// <summary>Keeps which rows were superseded, once all partitions are merged.</summary>
    /// <param name="rows">Of the file.</param>
    /// <param name="recorded">Of each partition, packed.</param>
    /// <param name="newer">Of all partitions.</param>
    public async Task SaveSupersededAsync(
        RunId run, long rows, IEnumerable<byte[]> recorded, IReadOnlyList<NewerRows> newer, CancellationToken cancellationToken)
    {
        var all = new RowSet(rows);
        foreach (var packed in recorded) all.Add(packed);
        await blobs.Blob(run, Recorded).UploadAsync(BinaryData.FromBytes(all.Bits), overwrite: true, cancellationToken);
        if (newer.Count > 0) await blobs.SaveJsonAsync(run, Newer, newer, cancellationToken);
    }

    /// <returns>The accepted rows that were recorded; null: nothing is kept of it.</returns>
    public async Task<RowSet?> FindRecordedAsync(RunId run, CancellationToken cancellationToken) =>
        await blobs.ExistsAsync(run, Recorded, cancellationToken)
            ? new RowSet((await blobs.Blob(run, Recorded).DownloadContentAsync(cancellationToken)).Value.Content.ToArray()) : null;

    /// <summary>Rows that are below what later runs wrote; the same run may be there several times.</summary>
    public async Task<IReadOnlyList<NewerRows>> FindNewerAsync(RunId run, CancellationToken cancellationToken) =>
        await blobs.FindJsonAsync<IReadOnlyList<NewerRows>>(run, Newer, cancellationToken) ?? [];

    /// <summary>A part of a batch's table.</summary>
    public async Task<byte[]> ReadAsync(RunId run, int batch, long offset, long length, CancellationToken cancellationToken)
    {
        if (length == 0) return [];
        await using var content = await blobs.OpenRangeAsync(run, Table(batch), offset, length, cancellationToken);
        var bytes = new byte[length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Where some rows stand in the file, whole segments of them, and their accounts.</summary>
    /// <returns>Null: the run was read before that was kept, or it isn't any more.</returns>
    public async Task<(BatchRange Range, uint[] Accounts)?> FindAsync(
        RunId run, BatchRange batch, long first, long last, CancellationToken cancellationToken)
    {
        var (offset, length) = RowTable.Segments(batch, first, last);
        try
        {
            return RowTable.Read(batch, first, last, await ReadAsync(run, batch.Index, offset, length, cancellationToken));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The accounts that a batch's ambiguous keys found.</summary>
    public async Task<IReadOnlyList<int[]>> SeveralAsync(RunId run, int batch, CancellationToken cancellationToken)
    {
        var kept = (await FindIndexAsync(run, cancellationToken))![batch];
        return RowTable.Several(await ReadAsync(run, batch, kept.SeveralAt, kept.MarksAt - kept.SeveralAt, cancellationToken));
    }

    /// <summary>The rows that were rejected in part or whole.</summary>
    public async Task<RowSet> RejectedAsync(RunId run, FilePlan plan, CancellationToken cancellationToken)
    {
        var rows = new RowSet(plan.Rows);
        foreach (var (kept, batch) in (await FindIndexAsync(run, cancellationToken) ?? []).Zip(plan.Batches))
            if (kept.FoundAt > kept.MarksAt)
            {
                var marks = await ReadAsync(run, batch.Index, kept.MarksAt, kept.FoundAt - kept.MarksAt, cancellationToken);
                rows.Add(RowSet.Pack(RowTable.Rejected(batch, marks)));
            }

        return rows;
    }

    /// <returns>The rows of some batches that a run is about; null: all of them.</returns>
    public async Task<RowSet?> FindOwnAsync(RunId run, IReadOnlyList<BatchRange> batches, CancellationToken cancellationToken)
    {
        if (await FindIndexAsync(run, cancellationToken) is not { } index) return null;
        if (batches.All(batch => index[batch.Index].Own is null)) return null;
        var own = new RowSet(batches[^1].FirstRow + batches[^1].Rows);
        foreach (var batch in batches)
            own.Add(index[batch.Index].Own ?? RowSet.Pack(Enumerable.Range(0, (int)batch.Rows).Select(row => batch.FirstRow + row)));
        return own;
    }

    private static string Table(int batch) => string.Create(CultureInfo.InvariantCulture, $"{RunBlobs.Rows}{batch}");
}
