namespace Usage.Core.Files.Workbooks.Packages;

/// <summary>
/// A zip archive's bytes. The archive's directory is kept in memory, entry by entry, so it may only have so many bytes: see
/// <see cref="Release"/>. Owns the stream.
/// </summary>
internal sealed class DirectoryStream(Stream archive) : Stream
{
    /// <summary>Some tens of thousands of entries; a workbook has some tens.</summary>
    private const int MostBytes = 4 << 20;

    private long _left = MostBytes;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => archive.Length;

    public override long Position { get => archive.Position; set => archive.Position = value; }

    /// <summary>The directory has been read.</summary>
    public void Release() => _left = long.MaxValue;

    public override int Read(Span<byte> buffer)
    {
        var read = archive.Read(buffer);
        _left -= read;
        return _left >= 0 ? read : throw WorkbookErrors.Broken($"a directory of more than {MostBytes} bytes");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => archive.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) archive.Dispose();
        base.Dispose(disposing);
    }
}
