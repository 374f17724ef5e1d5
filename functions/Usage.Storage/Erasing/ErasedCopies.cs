using System.Text;
using System.Text.Unicode;
using Azure;
using Azure.Storage.Blobs.Specialized;
using Usage.Core.Accounts;
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

    private static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

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
    public async Task RemoveAsync(StoredRun root, AccountNames names, CancellationToken cancellationToken)
    {
        if (!root.Content.IsDropped && await MayNameAsync(root.Content.Blob, names, cancellationToken))
            await RemoveAsync(root, cancellationToken);
    }

    /// <summary>A file that could not be planned, and has rows of the account by what a fix of it has mended.</summary>
    public async Task RemoveAsync(StoredRun root, CancellationToken cancellationToken)
    {
        if (root.Content.IsDropped) return;
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

    /// <summary>What isn't plain text may.</summary>
    private async Task<bool> MayNameAsync(string path, AccountNames names, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = (await containers.Runs.GetBlobClient(path)
                .DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
            var (piece, kept, most) = (new byte[PieceBytes], 0, names.Texts.Max(Encoding.UTF8.GetByteCount));
            while (true)
            {
                var read = await content.ReadAtLeastAsync(
                    piece.AsMemory(kept), piece.Length - kept, throwOnEndOfStream: false, cancellationToken);
                if (read == 0) return false;
                var text = piece.AsMemory(0, kept + read);
                if (text.Span.Contains((byte)0) || text.Span is [0x1F, 0x8B, ..]) return true;
                if (names.AreIn(Encoding.UTF8.GetString(text.Span))) return true;
                if (!Utf8.IsValid(text.Span) && names.AreIn(Windows1252.GetString(text.Span))) return true;
                // One may lie over the border of two pieces, with the characters beside it.
                kept = Math.Min(text.Length, most + 8);
                text[^kept..].CopyTo(piece);
            }
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
    }
}
