using System.Buffers;

namespace Usage.Core.Files.Planning;

/// <summary>
/// Follows one record that is too long for memory, byte by byte, to distinguish a cell that is too long from a quote that isn't closed
/// where it should be: at all, or not before the middle of another text.
/// </summary>
internal sealed class LongRecord(char delimiter, int maxCellBytes)
{
    private State state = State.CellStart;
    private long cellBytes;

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
            return state == State.Quoted ? Finding.UnclosedQuote : TooLong ?? Finding.RowTooLong;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Finding? TooLong => cellBytes > maxCellBytes ? Finding.CellTooLong : null;

    private Finding? Next(byte b)
    {
        if (state == State.Quoted)
        {
            if (b == '"') state = State.QuoteInQuoted;
            else cellBytes++;
            return null;
        }
        if (b == '"' && state is State.CellStart or State.QuoteInQuoted)
        {
            if (state == State.QuoteInQuoted) cellBytes++;
            state = State.Quoted;
            return null;
        }
        if (b == delimiter)
        {
            if (TooLong is { } finding) return finding;
            Column++;
            cellBytes = 0;
            state = State.CellStart;
            return null;
        }
        if (b is (byte)'\r' or (byte)'\n') return TooLong ?? Finding.RowTooLong;
        if (state == State.QuoteInQuoted && TooLong is not null && b is not ((byte)' ' or (byte)'\t')) return Finding.UnclosedQuote;
        state = State.Unquoted;
        cellBytes++;
        return TooLong;
    }
}
