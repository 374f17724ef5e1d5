namespace Usage.Core.Files.Sources;

/// <summary>Some bytes in front of a stream, which it owns.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ForwardStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    public override int Read(Span<byte> buffer)
    {
        var taken = TakePrefix(buffer);
        return taken == buffer.Length ? taken : taken + rest.Read(buffer[taken..]);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var taken = TakePrefix(buffer.Span);
        return taken == buffer.Length ? taken : taken + await rest.ReadAsync(buffer[taken..], cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await rest.DisposeAsync();
        await base.DisposeAsync();
    }

    private int TakePrefix(Span<byte> buffer)
    {
        var taken = Math.Min(_prefix.Length, buffer.Length);
        _prefix.Span[..taken].CopyTo(buffer);
        _prefix = _prefix[taken..];
        return taken;
    }
}
