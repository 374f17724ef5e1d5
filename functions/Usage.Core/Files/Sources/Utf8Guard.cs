namespace Usage.Core.Files.Sources;

/// <summary>
/// Passes bytes on as long as they are ASCII, or are known to be UTF-8. At anything else the rest of the file is looked through, and
/// <see cref="EncodingFoundException"/> says what it is. Owns the stream.
/// </summary>
internal sealed class Utf8Guard(Stream source) : ForwardStream
{
    private readonly Utf8Evidence evidence = new();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        if (evidence.IsUtf8 || buffer.IsEmpty) return read;
        Add(buffer.Span[..read]);
        if (evidence.Broken is { } broken && !evidence.IsUtf8) throw await LookOnAsync(broken, read, cancellationToken);
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
        while (read > 0 && !evidence.IsUtf8)
        {
            read = await source.ReadAsync(buffer, cancellationToken);
            Add(buffer.AsSpan(0, read));
        }

        return new EncodingFoundException(evidence.IsUtf8 ? Charset.Utf8 : Charset.Windows1252, broken.Offset, broken.Found);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) evidence.End();
        else evidence.Add(bytes);
    }
}
