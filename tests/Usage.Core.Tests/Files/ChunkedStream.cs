namespace Usage.Core.Tests.Files;

/// <summary>Gives at most so many bytes at once, as a network does. Asynchronously only, as the planning pass must read.</summary>
internal sealed class ChunkedStream(byte[] content, int chunk) : MemoryStream(content, writable: false)
{
    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(base.Read(buffer.Span[..Math.Min(chunk, buffer.Length)]));
}
