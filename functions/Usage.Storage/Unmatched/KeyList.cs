using System.Buffers.Binary;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Unmatched;
using Usage.Storage.Imports.Reading;

namespace Usage.Storage.Unmatched;

/// <summary>A blob of identifiers in an order, as a <see cref="KeyListWriter"/> leaves it; read from any place in it.</summary>
internal sealed class KeyList
{
    private const int FootBytes = 2 * sizeof(int);

    /// <summary>What is read of the end at once: enough for the fences of some 100,000 identifiers.</summary>
    private const int TailBytes = 64 << 10;

    /// <summary>What is fetched at a time of a page, and at least where many lists are open.</summary>
    public const int PageBytes = 32 << 10;

    private readonly BlobClient _blob;
    private readonly List<(long Offset, WaitingKey First)> _fences;
    private readonly long _end;

    private KeyList(BlobClient blob, List<(long Offset, WaitingKey First)> fences, long end) =>
        (_blob, _fences, _end) = (blob, fences, end);

    /// <returns>Null: there is no such blob.</returns>
    public static async Task<KeyList?> FindAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var length = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
            var tail = await DownloadAsync(blob, Math.Max(0, length - TailBytes), length, cancellationToken);
            var foot = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(tail.Length - FootBytes));
            var count = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(tail.Length - sizeof(int)));
            var end = length - FootBytes - foot;
            if (foot + FootBytes > tail.Length) tail = await DownloadAsync(blob, end, length, cancellationToken);
            return new KeyList(blob, Fences(tail.AsMemory(tail.Length - FootBytes - foot, foot), count), end);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>What is fetched at a time of each list that is read to its end: the more are open, the less.</summary>
    public static int PieceBytes(int lists) => Math.Clamp((8 << 20) / Math.Max(1, lists), PageBytes, 1 << 20);

    /// <param name="from">Begins not far before it; null: with the first.</param>
    /// <param name="order">The list's.</param>
    /// <param name="pieceBytes">What is fetched at a time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IAsyncEnumerable<WaitingKey> ReadAsync(
        WaitingKey? from, IComparer<WaitingKey> order, int pieceBytes, CancellationToken cancellationToken)
    {
        if (_fences.Count == 0) return AsyncEnumerable.Empty<WaitingKey>();
        return ReadAsync(from is null ? 0 : _fences[Before(from, order)].Offset, _end, pieceBytes, cancellationToken);
    }

    /// <summary>Of a list that is ordered by key.</summary>
    public async Task<WaitingKey?> FindAsync(WaitingKey key, CancellationToken cancellationToken)
    {
        if (_fences.Count == 0) return null;
        var at = Before(key, WaitingKey.ByKey);
        var end = at + 1 < _fences.Count ? _fences[at + 1].Offset : _end;
        return await ReadAsync(_fences[at].Offset, end, PageBytes, cancellationToken)
            .FirstOrDefaultAsync(one => WaitingKey.ByKey.Compare(one, key) == 0, cancellationToken);
    }

    private IAsyncEnumerable<WaitingKey> ReadAsync(
        long start, long end, int pieceBytes, CancellationToken cancellationToken) => WaitingKeyReader.ReadAsync(
        new SliceStream(
            end - start,
            async (offset, length, cancellationToken) => (await _blob.DownloadStreamingAsync(
                new BlobDownloadOptions { Range = new HttpRange(start + offset, length) }, cancellationToken)).Value.Content,
            new byte[Math.Min(pieceBytes, end - start)]),
        cancellationToken);

    /// <summary>The last stretch that begins before the key, or with it.</summary>
    private int Before(WaitingKey key, IComparer<WaitingKey> order)
    {
        var (low, high) = (0, _fences.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (order.Compare(_fences[middle].First, key) <= 0) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private static async Task<byte[]> DownloadAsync(BlobClient blob, long start, long end, CancellationToken cancellationToken)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(start, end - start) };
        return (await blob.DownloadContentAsync(range, cancellationToken)).Value.Content.ToArray();
    }

    private static List<(long Offset, WaitingKey First)> Fences(ReadOnlyMemory<byte> packed, int count)
    {
        using var reader = new BinaryReader(new MemoryStream(packed.ToArray()), Encoding.UTF8);
        var fences = new List<(long, WaitingKey)>(count);
        for (var i = 0; i < count; i++)
        {
            var (offset, by, rows) = (reader.ReadInt64(), (MatchBy)reader.ReadByte(), reader.ReadInt64());
            fences.Add((offset, new WaitingKey { By = by, Rows = rows, Key = reader.ReadString(), Text = "" }));
        }

        return fences;
    }
}
