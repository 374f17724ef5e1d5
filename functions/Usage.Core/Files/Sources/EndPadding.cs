namespace Usage.Core.Files.Sources;

/// <summary>
/// Text without the NULs and Ctrl-Zs at its very end, which fill a block or mark the end as DOS did, and without line endings behind such
/// a mark. Owns the stream.
/// </summary>
internal sealed class EndPadding(Stream source) : ForwardStream
{
    /// <summary>More changes between the two are no padding, and would take memory.</summary>
    private const int MostRuns = 10_000;

    private const byte EndMark = 0x1a;

    private readonly Queue<Run> _held = [];
    private ReadOnlyMemory<byte> _behind;
    private bool _flushing;

    /// <summary>A mark is among what is held, so that line endings are held too.</summary>
    private bool _marked;

    /// <summary>Bytes that were passed on.</summary>
    public long Passed { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_flushing) return Pass(Flush(buffer.Span));
            var read = await source.ReadAsync(buffer, cancellationToken);
            if (read == 0) return 0;
            var text = _marked && !HasText(buffer.Span[..read]) ? 0 : TextIn(buffer.Span[..read]);
            if (_held.Count > 0 && (text > 0 || _held.Count > MostRuns))
            {
                _behind = buffer[..read].ToArray();
                _flushing = true;
                continue;
            }
            Hold(buffer.Span[text..read]);
            if (text > 0) return Pass(text);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await base.DisposeAsync();
    }

    private static bool HasText(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyExcept("\0\u001a\r\n"u8);

    /// <summary>Bytes before what is padding where these are the last ones.</summary>
    public static int TextIn(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.TrimEnd("\0\u001a\r\n"u8).Length;
        var mark = bytes[end..].IndexOf(EndMark);
        return (mark < 0 ? bytes : bytes[..(end + mark)]).TrimEnd("\0\u001a"u8).Length;
    }

    private int Pass(int count)
    {
        Passed += count;
        return count;
    }

    private void Hold(ReadOnlySpan<byte> padding)
    {
        _marked |= padding.Contains(EndMark);
        while (!padding.IsEmpty)
        {
            var length = padding.IndexOfAnyExcept(padding[0]);
            if (length < 0) length = padding.Length;
            _held.Enqueue(new Run(padding[0]) { Count = length });
            padding = padding[length..];
        }
    }

    /// <summary>What was held was none of the end: it goes on, then what came behind it.</summary>
    private int Flush(Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && _held.TryPeek(out var run))
        {
            var count = (int)Math.Min(run.Count, buffer.Length - filled);
            buffer.Slice(filled, count).Fill(run.Value);
            filled += count;
            run.Count -= count;
            if (run.Count == 0) _held.Dequeue();
        }

        if (_held.Count > 0) return filled;
        _marked = false;
        var text = Math.Min(TextIn(_behind.Span), buffer.Length - filled);
        _behind.Span[..text].CopyTo(buffer[filled..]);
        _behind = _behind[text..];
        if (TextIn(_behind.Span) == 0)
        {
            Hold(_behind.Span);
            _behind = default;
            _flushing = false;
        }
        return filled + text;
    }

    private sealed class Run(byte value)
    {
        public byte Value => value;

        public long Count { get; set; }
    }
}
