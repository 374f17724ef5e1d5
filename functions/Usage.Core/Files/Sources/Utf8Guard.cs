namespace Usage.Core.Files.Sources;

/// <summary>
/// Passes bytes on as long as they are ASCII, or are known to be UTF-8. At anything else the rest of the file is looked through, and
/// <see cref="EncodingFoundException"/> says what it is. Owns the stream.
/// </summary>
internal sealed class Utf8Guard(Stream source) : ForwardStream
{
    private readonly Utf8Evidence _evidence = new();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        if (_evidence.IsUtf8 || buffer.IsEmpty) return read;
        Add(buffer.Span[..read]);
        if (_evidence.Broken is { } broken && !_evidence.IsUtf8) throw await LookOnAsync(broken, read, cancellationToken);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    private async Task<EncodingFoundException> LookOnAsync((long Offset, byte Found) broken, int read, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        while (read > 0 && !_evidence.IsUtf8)
        {
            read = await source.ReadAsync(buffer, cancellationToken);
            Add(buffer.AsSpan(0, read));
        }

        return new EncodingFoundException(_evidence.IsUtf8 ? Charset.Utf8 : Charset.Windows1252, broken.Offset, broken.Found);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) _evidence.End();
        else _evidence.Add(bytes);
    }
}
