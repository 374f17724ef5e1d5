namespace Usage.Core.Files.Sources;

/// <summary>Turns another encoding into UTF-8 while it is read. Owns the stream.</summary>
internal sealed class TranscodingStream(Stream source, ITranscoder transcoder) : ForwardStream
{
    private const int ChunkBytes = 1 << 15;

    private readonly byte[] _input = new byte[ChunkBytes];
    private readonly byte[] _output = new byte[ChunkBytes * 3];
    private int _waiting;
    private int _start;
    private int _end;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _end)
        {
            if (_ended) return 0;
            var read = await source.ReadAsync(_input.AsMemory(_waiting), cancellationToken);
            _ended = read == 0;
            _waiting += read;
            _end = transcoder.Transcode(_input.AsSpan(0, _waiting), _output, _ended, out var consumed);
            _start = 0;
            _input.AsSpan(consumed, _waiting - consumed).CopyTo(_input);
            _waiting -= consumed;
        }
        var taken = Math.Min(_end - _start, buffer.Length);
        _output.AsMemory(_start, taken).CopyTo(buffer);
        _start += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }
}

internal interface ITranscoder
{
    /// <summary>Bytes that are not consumed come again, with more behind them. The output has room for three times the input.</summary>
    int Transcode(ReadOnlySpan<byte> input, Span<byte> utf8, bool final, out int consumed);
}
