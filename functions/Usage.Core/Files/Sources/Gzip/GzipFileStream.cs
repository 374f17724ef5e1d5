namespace Usage.Core.Files.Sources.Gzip;

/// <summary>A gzip file's bytes, followed by <see cref="GzipEnd"/>.</summary>
internal sealed class GzipFileStream(Stream file) : ForwardStream
{
    private ReadOnlyMemory<byte> _end = GzipEnd.Member;

    /// <summary>All of the file has been read.</summary>
    public bool Ended { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Ended)
        {
            var read = await file.ReadAsync(buffer, cancellationToken);
            if (read > 0) return read;
            Ended = true;
        }
        var taken = Math.Min(_end.Length, buffer.Length);
        _end[..taken].CopyTo(buffer);
        _end = _end[taken..];
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
