using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Usage.Storage.Imports;

/// <summary>
/// A file's content from its start, as it comes over one connection. Whoever seeks in it, as for a workbook, gets the rest in
/// pieces: each is fetched when something of it is read.
/// </summary>
/// <param name="content">The same version of the same blob, from its start.</param>
internal sealed class SourceStream(BlobClient blob, ETag version, BlobDownloadStreamingResult content) : Stream
{
    private const int PieceBytes = 4 << 20;

    private readonly long _length = content.Details.ContentLength;
    private Stream _content = content.Content;
    private bool _inPieces;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get => _position; set => Seek(value, SeekOrigin.Begin); }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => _length };
        if (position < 0) throw new IOException($"found the position {position}, expected one from 0");
        if (position == _position) return position;
        if (!_inPieces) OpenPieces();
        _content.Position = position;
        return _position = position;
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = _content.Read(buffer);
            _position += read;
            return read;
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            throw new FileReplacedException(blob.Name, other);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await _content.ReadAsync(buffer, cancellationToken);
            _position += read;
            return read;
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            throw new FileReplacedException(blob.Name, other);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _content.Dispose();
        base.Dispose(disposing);
    }

    private void OpenPieces()
    {
        _content.Dispose();
        try
        {
            _content = blob.OpenRead(new BlobOpenReadOptions(allowModifications: false)
            {
                BufferSize = PieceBytes,
                Conditions = new BlobRequestConditions { IfMatch = version },
            });
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            throw new FileReplacedException(blob.Name, other);
        }

        _inPieces = true;
    }
}
