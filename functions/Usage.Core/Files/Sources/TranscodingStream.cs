namespace Usage.Core.Files.Sources;

/// <summary>Turns another encoding into UTF-8 while it is read. Owns the stream.</summary>
internal sealed class TranscodingStream(Stream source, ITranscoder transcoder) : ForwardStream
{
    private const int ChunkBytes = 1 << 15;

    private readonly byte[] input = new byte[ChunkBytes];
    private readonly byte[] output = new byte[ChunkBytes * 3];
    private int waiting;
    private int start;
    private int end;
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (start == end)
        {
            if (ended) return 0;
            var read = await source.ReadAsync(input.AsMemory(waiting), cancellationToken);
            ended = read == 0;
            waiting += read;
            end = transcoder.Transcode(input.AsSpan(0, waiting), output, ended, out var consumed);
            start = 0;
            input.AsSpan(consumed, waiting - consumed).CopyTo(input);
            waiting -= consumed;
        }
        var taken = Math.Min(end - start, buffer.Length);
        output.AsMemory(start, taken).CopyTo(buffer);
        start += taken;
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
