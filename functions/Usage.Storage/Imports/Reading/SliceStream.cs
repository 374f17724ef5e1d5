namespace Usage.Storage.Imports.Reading;

/// <summary>
/// A slice of a blob, fetched piece by piece as it is read: many can be open at once, and none of them holds a connection while it waits.
/// </summary>
/// <param name="length">Of the slice.</param>
/// <param name="open">Opens a part of the slice, by its offset in the slice and its length.</param>
/// <param name="piece">Memory for what is fetched at a time.</param>
internal sealed class SliceStream(long length, Func<long, int, CancellationToken, Task<Stream>> open, Memory<byte> piece) : Stream
{
    private long _fetched;
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _fetched - (_end - _start); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end && !await FetchAsync(cancellationToken)) return 0;
        var count = Math.Min(buffer.Length, _end - _start);
        piece.Slice(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<bool> FetchAsync(CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(piece.Length, length - _fetched);
        if (wanted == 0) return false;
        await using var content = await open(_fetched, wanted, cancellationToken);
        await content.ReadExactlyAsync(piece[..wanted], cancellationToken);
        (_start, _end) = (0, wanted);
        _fetched += wanted;
        return true;
    }
}
