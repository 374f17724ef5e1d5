using System.IO.Compression;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Sources.Gzip;

/// <summary>Unpacks a gzip file of one or several members. Refuses one that is truncated, or too long when unpacked.</summary>
internal sealed class UnpackedStream : ForwardStream
{
    private readonly GzipFileStream file;
    private readonly GZipStream gzip;
    private readonly long maxBytes;
    private readonly byte[] held = new byte[1 << 16];
    private int start;
    private int end;
    private long total;

    public UnpackedStream(Stream packed, long maxBytes)
    {
        file = new GzipFileStream(packed);
        gzip = new GZipStream(file, CompressionMode.Decompress);
        this.maxBytes = maxBytes;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The last bytes are held back until it is known whether they are those of the end mark.
        while (end - start <= GzipEnd.Content.Length)
        {
            if (held.Length - end < held.Length / 2) Compact();
            var read = await UnpackAsync(held.AsMemory(end), cancellationToken);
            if (read == 0) return held.AsSpan(start, end - start).SequenceEqual(GzipEnd.Content) ? 0 : throw Truncated();
            end += read;
        }
        var taken = Math.Min(end - start - GzipEnd.Content.Length, buffer.Length);
        held.AsMemory(start, taken).CopyTo(buffer);
        start += taken;
        total += taken;
        if (total > maxBytes)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                Invariant($"the file: found more than {maxBytes} bytes when unpacked, expected at most that many; ")
                + "split it, or raise the limit MaxUnpackedBytes");
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) gzip.Dispose();
        base.Dispose(disposing);
    }

    private void Compact()
    {
        held.AsSpan(start, end - start).CopyTo(held);
        end -= start;
        start = 0;
    }

    private async ValueTask<int> UnpackAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await gzip.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            if (file.Ended) throw Truncated();
            throw new FileRejectedException(IssueCode.GzipTruncated,
                Invariant($"the gzip data: found it damaged after {total + end - start} unpacked bytes, ")
                + "expected what gzip wrote; drop the file again");
        }
    }

    private FileRejectedException Truncated() => new(IssueCode.GzipTruncated,
        Invariant($"the gzip data: found its end after {total + end - start} unpacked bytes, ")
        + "expected more (it is cut short, or something else follows it); drop the file again");
}
