using Azure;
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
    /// <summary>Whether a run has a list.</summary>
    public Task<bool> HasAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.ExistsAsync(run, RunBlobs.Unmatched, cancellationToken);

    /// <returns>Another one for each list that a run has had; null: it has none.</returns>
    internal async Task<string?> FindVersionAsync(RunId run, CancellationToken cancellationToken)
    {
        try
        {
            var found = await blobs.Blob(run, RunBlobs.Unmatched).GetPropertiesAsync(cancellationToken: cancellationToken);
            return found.Value.ETag.ToString();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>From the batches' identifiers; done again, it is the same.</summary>
    /// <param name="run">Whose rows wait.</param>
    /// <param name="reader">The run that read them: itself, a replay or fix of it, or an undo of one.</param>
    /// <param name="stamps">Of the batches.</param>
    public async Task WriteAsync(
        Run run, RunId reader, IReadOnlyList<BatchPiece> pieces, IReadOnlyList<uint> stamps, CancellationToken cancellationToken)
    {
        if (pieces.Count == 0)
        {
            await blobs.Blob(run.Id, RunBlobs.Unmatched).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            return;
        }

        await using var file = new BlockUploadStream(blobs.Block(run.Id, RunBlobs.Unmatched));
        using var writer = new KeyListWriter(file);
        var bytes = KeyList.PieceBytes(pieces.Count);
        var lists = pieces.Select(one => WaitingKeyReader.ReadAsync(
            batches.OpenWaiting(reader, one.Batch, stamps[one.Batch], one.Piece, bytes), cancellationToken)).ToList();
        await foreach (var key in WaitingMerge.JoinAsync(lists, cancellationToken))
            writer.Add(key with { FirstSeen = run.ArrivedAt, LastRun = run.Id.Value });
        await writer.CompleteAsync(cancellationToken);
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
