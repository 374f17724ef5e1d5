namespace Usage.Core.Files.Sources.Gzip;

/// <summary>
/// A gzip file's bytes, followed by <see cref="GzipEnd"/>. Zeros at the file's very end may be padding, or the last bytes of a member: they
/// are handed out one by one, so that who reads them stops at the first one that he doesn't need.
/// </summary>
internal sealed class GzipFileStream(Stream file) : ForwardStream
{
    /// <summary>No member ends with more: its size and checksum have eight bytes.</summary>
    private const int MostSingles = 16;

    private readonly byte[] _buffer = new byte[1 << 14];
    private ReadOnlyMemory<byte> _bytes;
    private ReadOnlyMemory<byte> _end = GzipEnd.Member;

    /// <summary>Held back: they stand before <see cref="_bytes"/>, or at the end of what has been read.</summary>
    private long _zeros;

    /// <summary>They stand behind <see cref="_bytes"/>.</summary>
    private long _zerosBehind;

    private int _singles;
    private bool _isRead;

    /// <summary>All of the file has been handed out.</summary>
    public bool Ended => _end.Length < GzipEnd.Member.Length;

    /// <summary>What was handed out last is a single zero with nothing but zeros behind it: who stopped there didn't need it.</summary>
    public bool IsInPadding { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_isRead && _bytes.IsEmpty) await FillAsync(cancellationToken);
        if (_zeros > 0) return TakeZeros(buffer.Span);
        IsInPadding = false;
        if (_bytes.IsEmpty) return Take(ref _end, buffer);
        var taken = Take(ref _bytes, buffer);
        if (_bytes.IsEmpty) (_zeros, _zerosBehind) = (_zerosBehind, 0);
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var read = _buffer.AsMemory(0, await file.ReadAsync(_buffer, cancellationToken));
        _isRead = read.IsEmpty;
        _bytes = read.TrimEnd((byte)0);
        if (_bytes.IsEmpty) _zeros += read.Length;
        else _zerosBehind = read.Length - _bytes.Length;
    }

    private int TakeZeros(Span<byte> buffer)
    {
        IsInPadding = _bytes.IsEmpty && _singles++ < MostSingles;
        var taken = IsInPadding ? 1 : (int)Math.Min(_zeros, buffer.Length);
        buffer[..taken].Clear();
        _zeros -= taken;
        return taken;
    }

    private static int Take(ref ReadOnlyMemory<byte> bytes, Memory<byte> buffer)
    {
        var taken = Math.Min(bytes.Length, buffer.Length);
        bytes[..taken].CopyTo(buffer);
        bytes = bytes[taken..];
        return taken;
    }
}
