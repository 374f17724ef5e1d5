using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;

namespace Usage.Storage.Unmatched;

/// <summary>
/// All identifiers of a run that found no account, or several, by key: the blob <c>{run}/unmatched</c>, which is kept with the run's
/// details. A run without any has none.
/// </summary>
public sealed class RunIdentifiers(RunBlobs blobs, BatchFiles batches)
{
    private const string Kept = RunBlobs.Changes + "waited";

    /// <summary>Whether a replay or fix has a list beside it, as it was before.</summary>
    public Task<bool> HasKeptAsync(RunId child, CancellationToken cancellationToken) =>
        blobs.ExistsAsync(child, Kept, cancellationToken);

    /// <summary>Whether a run has one.</summary>
    public Task<bool> HasAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.ExistsAsync(run, RunBlobs.Unmatched, cancellationToken);

    /// <summary>From the batches' identifiers; done again, it is the same.</summary>
    /// <param name="run">Whose rows wait.</param>
    /// <param name="reader">The run that read them: itself, or a replay or fix of it.</param>
    /// <param name="stamps">Of the batches.</param>
    public Task WriteAsync(
        Run run, RunId reader, IReadOnlyList<BatchPiece> pieces, IReadOnlyList<uint> stamps, CancellationToken cancellationToken) =>
        WriteAsync(run, run.Id, RunBlobs.Unmatched, reader, pieces, stamps, cancellationToken);

    /// <summary>The list that is kept beside a replay or fix.</summary>
    /// <inheritdoc cref="WriteAsync(Run, RunId, IReadOnlyList{BatchPiece}, IReadOnlyList{uint}, CancellationToken)"/>
    public Task WriteKeptAsync(
        Run run, RunId child, RunId reader, IReadOnlyList<BatchPiece> pieces, IReadOnlyList<uint> stamps,
        CancellationToken cancellationToken) => WriteAsync(run, child, Kept, reader, pieces, stamps, cancellationToken);

    private async Task WriteAsync(
        Run run, RunId beside, string name, RunId reader, IReadOnlyList<BatchPiece> pieces, IReadOnlyList<uint> stamps,
        CancellationToken cancellationToken)
    {
        if (pieces.Count == 0)
        {
            await blobs.Blob(beside, name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            return;
        }

        await using var file = new BlockUploadStream(blobs.Block(beside, name));
        using var writer = new KeyListWriter(file);
        var bytes = KeyList.PieceBytes(pieces.Count);
        var lists = pieces.Select(one => WaitingKeyReader.ReadAsync(
            batches.OpenWaiting(reader, one.Batch, stamps[one.Batch], one.Piece, bytes), cancellationToken)).ToList();
        await foreach (var key in WaitingMerge.JoinAsync(lists, cancellationToken))
            writer.Add(key with { FirstSeen = run.ArrivedAt, LastRun = run.Id.Value });
        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Keeps the list as it is beside a replay or fix that will change it; what was kept first stays.</summary>
    public async Task KeepAsync(RunId run, RunId child, CancellationToken cancellationToken)
    {
        if (await blobs.FindBytesAsync(run, RunBlobs.Unmatched, cancellationToken) is { } list
            && !await blobs.ExistsAsync(child, Kept, cancellationToken))
            await blobs.SaveAsync(child, Kept, list, cancellationToken);
    }

    /// <summary>A replay or fix is undone: its rows wait again.</summary>
    public async Task RestoreAsync(RunId run, RunId child, CancellationToken cancellationToken)
    {
        if (await blobs.FindBytesAsync(child, Kept, cancellationToken) is { } list)
            await blobs.SaveAsync(run, RunBlobs.Unmatched, list, cancellationToken);
    }

    /// <returns>Null: no row of the run waits for it.</returns>
    public async Task<WaitingKey?> FindAsync(RunId run, MatchBy by, string text, CancellationToken cancellationToken) =>
        await OpenAsync(run, cancellationToken) is { } list
            ? await list.FindAsync(new WaitingKey { By = by, Key = IdentifierKey.Of(by, text), Text = text }, cancellationToken)
            : null;

    /// <returns>Null: it has none.</returns>
    internal Task<KeyList?> OpenAsync(RunId run, CancellationToken cancellationToken) =>
        KeyList.FindAsync(blobs.Blob(run, RunBlobs.Unmatched), cancellationToken);
}
