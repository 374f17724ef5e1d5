using Azure;
using Azure.Storage.Blobs.Specialized;
using Usage.Core.Files;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;

namespace Usage.Storage.Erasing;

/// <summary>
/// Takes rows out of our copies of files. A copy that was read as it was gets blanks in their place. Of one that was packed or in another
/// encoding the text that was made of it does, and that is the copy from then on; a workbook's goes.
/// </summary>
public sealed class ErasedCopies(UsageBlobs containers, RunBlobs blobs)
{
    private const int PieceBytes = 1 << 20;

    private static ReadOnlyMemory<byte> Mark { get; } = new byte[] { 0xEF, 0xBB, 0xBF };

    public async Task BlankAsync(StoredRun root, FilePlan plan, ErasedRows rows, CancellationToken cancellationToken)
    {
        if (!plan.Staged)
        {
            if (!root.Content.IsDropped) await BlankAsync(root.Content.Blob, root.Content.Blob, rows, marked: false, cancellationToken);
            return;
        }

        var staged = $"{root.Run.Id}/{RunBlobs.Staged}";
        await BlankAsync(staged, staged, rows, marked: false, cancellationToken);
        if (root.Content.IsDropped) return;
        if (plan.Typed) await containers.Runs.DeleteBlobIfExistsAsync(root.Content.Blob, cancellationToken: cancellationToken);
        else await BlankAsync(staged, root.Content.Blob, rows, marked: true, cancellationToken);
    }

    /// <summary>A file that could not be planned: nobody knows its rows, so all of the copy goes where it may name the account.</summary>
    public async Task RemoveAsync(StoredRun root, IReadOnlyList<byte[]> names, CancellationToken cancellationToken)
    {
        if (root.Content.IsDropped || !await MayNameAsync(root.Content.Blob, names, cancellationToken)) return;
        await containers.Runs.DeleteBlobIfExistsAsync(root.Content.Blob, cancellationToken: cancellationToken);
        await blobs.Blob(root.Run.Id, RunBlobs.Staged).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    private async Task BlankAsync(string from, string to, ErasedRows rows, bool marked, CancellationToken cancellationToken)
    {
        try
        {
            var (position, piece) = (0L, new byte[PieceBytes]);
            await using var source = (await containers.Runs.GetBlobClient(from)
                .DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
            // It is there once it is whole: what is read of it until then is as it was.
            await using var target = new BlockUploadStream(containers.Runs.GetBlockBlobClient(to));
            for (int read; (read = await source.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false, cancellationToken)) > 0;)
            {
                rows.Blank(piece.AsSpan(0, read), position);
                if (marked && position == 0 && !piece.AsSpan(0, read).StartsWith(Mark.Span))
                    await target.WriteAsync(Mark, cancellationToken);
                await target.WriteAsync(piece.AsMemory(0, read), cancellationToken);
                position += read;
            }

            await target.CompleteAsync(cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // The upkeep has deleted it.
        }
    }

    /// <summary>What isn't plain UTF-8 text may.</summary>
    private async Task<bool> MayNameAsync(string path, IReadOnlyList<byte[]> names, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = (await containers.Runs.GetBlobClient(path)
                .DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
            var (piece, kept) = (new byte[PieceBytes], 0);
            while (true)
            {
                var read = await content.ReadAtLeastAsync(
                    piece.AsMemory(kept), piece.Length - kept, throwOnEndOfStream: false, cancellationToken);
                if (read == 0) return false;
                var text = piece.AsMemory(0, kept + read);
                if (text.Span.Contains((byte)0) || text.Span is [0x1F, 0x8B, ..]) return true;
                if (names.Any(name => text.Span.IndexOf(name) >= 0)) return true;
                // One may lie over the border of two pieces.
                kept = Math.Min(text.Length, names.Max(name => name.Length));
                text[^kept..].CopyTo(piece);
            }
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
    }
}
