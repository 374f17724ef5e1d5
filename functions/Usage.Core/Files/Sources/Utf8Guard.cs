using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Usage.Core.Files.Sources;

/// <summary>Passes UTF-8 on, and throws <see cref="NotUtf8Exception"/> at anything else. Owns the stream.</summary>
internal sealed class Utf8Guard(Stream source) : ForwardStream
{
    private readonly byte[] carry = new byte[4];
    private int carried;
    private long total;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        if (read == 0 && !buffer.IsEmpty && carried > 0) throw new NotUtf8Exception(total - carried, carry[0]);
        Check(buffer.Span[..read]);
        total += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (carried > 0 && at < bytes.Length)
        {
            carry[carried++] = bytes[at++];
            var status = Rune.DecodeFromUtf8(carry.AsSpan(0, carried), out _, out _);
            if (status == OperationStatus.InvalidData) throw new NotUtf8Exception(total + at - carried, carry[0]);
            if (status == OperationStatus.Done) carried = 0;
        }
        var rest = bytes[at..];
        var open = OpenEnd(rest);
        if (!Utf8.IsValid(rest[..^open])) throw Invalid(rest, total + at);
        if (open == 0) return;
        rest[^open..].CopyTo(carry);
        carried = open;
    }

    /// <summary>The number of bytes at the end that begin a character which continues in the next chunk.</summary>
    private static int OpenEnd(ReadOnlySpan<byte> bytes)
    {
        for (var open = Math.Min(3, bytes.Length); open > 0; open--)
            if (Rune.DecodeFromUtf8(bytes[^open..], out _, out _) == OperationStatus.NeedMoreData) return open;
        return 0;
    }

    private static NotUtf8Exception Invalid(ReadOnlySpan<byte> bytes, long offset)
    {
        while (Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done)
        {
            bytes = bytes[length..];
            offset += length;
        }
        return new NotUtf8Exception(offset, bytes[0]);
    }
}
