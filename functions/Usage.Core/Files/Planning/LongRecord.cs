using System.Buffers;

namespace Usage.Core.Files.Planning;

/// <summary>
/// Follows one record that is too long for memory, byte by byte, to distinguish a cell that is too long from a quote that isn't closed
/// where it should be: at all, or not before the middle of another text.
/// </summary>
internal sealed class LongRecord(char delimiter, int maxCellBytes)
{
    private State _state = State.CellStart;
    private long _cellBytes;

    internal enum Finding { CellTooLong, RowTooLong, UnclosedQuote }

    private enum State { CellStart, Unquoted, Quoted, QuoteInQuoted }

    public int Column { get; private set; }

    /// <param name="start">Where in the text the record starts.</param>
    public async Task<Finding> FollowAsync(Stream text, long start, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            int read;
            for (var offset = 0L; (read = await text.ReadAsync(buffer, cancellationToken)) > 0; offset += read)
                for (var i = (int)Math.Clamp(start - offset, 0, read); i < read; i++)
                    if (Next(buffer[i]) is { } finding) return finding;
            return _state == State.Quoted ? Finding.UnclosedQuote : TooLong ?? Finding.RowTooLong;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Finding? TooLong => _cellBytes > maxCellBytes ? Finding.CellTooLong : null;

    private Finding? Next(byte b)
    {
        if (_state == State.Quoted)
        {
            if (b == '"') _state = State.QuoteInQuoted;
            else _cellBytes++;
            return null;
        }
        if (b == '"' && _state is State.CellStart or State.QuoteInQuoted)
        {
            if (_state == State.QuoteInQuoted) _cellBytes++;
            _state = State.Quoted;
            return null;
        }
        if (b == delimiter)
        {
            if (TooLong is { } finding) return finding;
            Column++;
            _cellBytes = 0;
            _state = State.CellStart;
            return null;
        }
        if (b is (byte)'\r' or (byte)'\n') return TooLong ?? Finding.RowTooLong;
        if (_state == State.QuoteInQuoted && TooLong is not null && b is not ((byte)' ' or (byte)'\t')) return Finding.UnclosedQuote;
        _state = State.Unquoted;
        _cellBytes++;
        return TooLong;
    }
}
