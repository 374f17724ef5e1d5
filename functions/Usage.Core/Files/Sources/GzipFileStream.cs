using Usage.Core.Issues;

namespace Usage.Core.Files.Sources;

/// <summary>A gzip file's bytes, followed by <see cref="GzipEnd"/>. Refuses a file that is not gzip before anything is unpacked.</summary>
internal sealed class GzipFileStream(Stream file) : ForwardStream
{
    private ReadOnlyMemory<byte> end = GzipEnd.Member;
    private bool started;

    /// <summary>All of the file has been read.</summary>
    public bool Ended { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Ended)
        {
            var read = started ? await file.ReadAsync(buffer, cancellationToken) : await StartAsync(buffer, cancellationToken);
            started = true;
            if (read > 0) return read;
            Ended = true;
        }
        var taken = Math.Min(end.Length, buffer.Length);
        end[..taken].CopyTo(buffer);
        end = end[taken..];
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> StartAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await file.ReadAtLeastAsync(buffer, 2, throwOnEndOfStream: false, cancellationToken);
        if (read == 0 || (read > 1 && buffer.Span[0] == 0x1f && buffer.Span[1] == 0x8b)) return read;
        var found = Convert.ToHexStringLower(buffer.Span[..Math.Min(read, 2)]);
        throw new FileRejectedException(IssueCode.NotGzip,
            $"the file's name ends in .gz: found the first bytes {found}, expected gzip's 1f8b; pack it, or name it without .gz");
    }
}
