using System.IO.Compression;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Sources.Gzip;

/// <summary>
/// Unpacks a gzip file of one or several members, with zeros behind the last one or without. Refuses one that is truncated, or too long
/// when unpacked.
/// </summary>
internal sealed class UnpackedStream : ForwardStream
{
    private readonly GzipFileStream _file;
    private readonly GZipStream _gzip;
    private readonly long _maxBytes;
    private readonly byte[] _held = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _total;

    /// <summary>Of what may be the mark; 0 where it is known that none comes.</summary>
    private int _markLength = GzipEnd.Content.Length;

    public UnpackedStream(Stream packed, long maxBytes)
    {
        _file = new GzipFileStream(packed);
        _gzip = new GZipStream(_file, CompressionMode.Decompress);
        _maxBytes = maxBytes;
    }

    private bool IsAtMark => _held.AsSpan(_start, _end - _start).SequenceEqual(_markLength > 0 ? GzipEnd.Content : []);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The last bytes are held back until it is known whether they are those of the end mark.
        while (_end - _start <= _markLength)
        {
            if (_held.Length - _end < _held.Length / 2) Compact();
            var read = await UnpackAsync(_held.AsMemory(_end), cancellationToken);
            if (read == 0 && IsAtMark) return 0;
            // No mark was come to: only zeros may be what stood before it.
            if (read == 0) _markLength = _markLength > 0 && _file.IsInPadding ? 0 : throw Truncated();
            _end += read;
        }
        var taken = Math.Min(_end - _start - _markLength, buffer.Length);
        _held.AsMemory(_start, taken).CopyTo(buffer);
        _start += taken;
        _total += taken;
        if (_total > _maxBytes)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                Invariant($"the file: found more than {_maxBytes} bytes when unpacked, expected at most that many; ")
                + "split it, or raise the limit MaxUnpackedBytes");
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private void Compact()
    {
        _held.AsSpan(_start, _end - _start).CopyTo(_held);
        _end -= _start;
        _start = 0;
    }

    private async ValueTask<int> UnpackAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _gzip.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            if (_file.Ended) throw Truncated();
            throw new FileRejectedException(IssueCode.GzipTruncated,
                Invariant($"the gzip data: found it damaged after {_total + _end - _start} unpacked bytes, ")
                + "expected what gzip wrote; drop the file again");
        }
    }

    private FileRejectedException Truncated() => new(IssueCode.GzipTruncated,
        Invariant($"the gzip data: found its end after {_total + _end - _start} unpacked bytes, ")
        + "expected more (it is cut short, or something else follows it); drop the file again");
}
