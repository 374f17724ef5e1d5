using CsvHelper;
using Usage.Core.Files.Sources;

namespace Usage.Core.Files.Reading;

/// <summary>
/// Reads rows from UTF-8 bytes without allocating per row. The same type plans the whole file and reads its batches, so that both see
/// the same rows. Spans are valid until the next read. Not thread-safe.
/// </summary>
public sealed class RecordReader : IDisposable
{
    private readonly CsvReader csv;
    private readonly Origin origin;
    private RowShape shape;
    private BrokenRow? broken;
    private bool examined;

    private RecordReader(CsvReader csv, RowShape shape, Origin origin)
    {
        this.csv = csv;
        this.shape = shape;
        this.origin = origin;
        Row = origin.FirstRow - 1;
    }

    /// <summary>The row's number in the file, from 1, the header not counted.</summary>
    public long Row { get; private set; }

    /// <summary>The number of cells of the row itself, whatever the header says.</summary>
    public int CellCount => csv.FieldCount;

    /// <summary>Why the row is broken as a row; null when it isn't.</summary>
    public BrokenRow? Broken
    {
        get
        {
            if (!examined)
            {
                broken = shape.Examine(csv, Row);
                examined = true;
            }
            return broken;
        }
    }

    /// <summary>Where the current row starts, in bytes from the start of the staged blob or the file.</summary>
    internal long Offset => origin.Offset + csv.ByteOffset;

    /// <summary>The current row's cells as they are written in the file.</summary>
    internal CsvReader Csv => csv;

    /// <param name="text">Exactly the batch's bytes.</param>
    public static RecordReader Create(ReadOnlyMemory<byte> text, FilePlan plan, BatchRange batch)
    {
        var options = Options(plan.Dialect.Delimiter);
        var csv = text.Span is [0xEF or 0xFE or 0xFF, ..]
            ? CsvReader.Create(Guarded(new PrefixedStream(text, Stream.Null)), options)
            : CsvReader.Create(text, options);
        return new RecordReader(csv, RowShape.Of(plan), new Origin(batch.Offset, batch.FirstRow));
    }

    /// <summary>
    /// A reader of a whole file, whose first record is the header; see <see cref="StartRows"/>. The stream stays the caller's.
    /// </summary>
    internal static RecordReader CreateForFile(Stream utf8, char delimiter, long offset, int maxRecordBytes)
    {
        var csv = CsvReader.Create(Guarded(utf8), Options(delimiter) with { MaxRecordSize = maxRecordBytes }, leaveOpen: true);
        return new RecordReader(csv, new RowShape([], "", mended: false), new Origin(offset - 1, 0));
    }

    /// <returns>False at the end.</returns>
    public bool Read()
    {
        do
        {
            if (!csv.Read()) return false;
        }
        while (IsBlankLine());
        return Advance();
    }

    /// <summary>As <see cref="Read"/>. Most rows are buffered already, and are read without an async state machine.</summary>
    internal ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var read = csv.ReadAsync(cancellationToken);
        if (!read.IsCompletedSuccessfully) return ReadOnAsync(read, cancellationToken);
        if (!read.GetAwaiter().GetResult()) return ValueTask.FromResult(false);
        return IsBlankLine() ? ReadOnAsync(csv.ReadAsync(cancellationToken), cancellationToken) : ValueTask.FromResult(Advance());
    }

    /// <summary>The current record was the header; the next one is row 1.</summary>
    internal void StartRows(RowShape rows)
    {
        shape = rows;
        Row = 0;
    }

    /// <summary>
    /// A cell without its quotes and outer white space; of a mended file, without the ' too. Empty past the row's last cell.
    /// </summary>
    public ReadOnlySpan<byte> GetCell(int column) => CellText.Trim(GetUntrimmed(column));

    internal ReadOnlySpan<byte> GetUntrimmed(int column)
    {
        var cell = csv.GetSpan(column);
        return shape.Mended ? FormulaGuard.TakeOff(cell) : cell;
    }

    public void Dispose() => csv.Dispose();

    private static CsvReaderOptions Options(char delimiter) => new() { HasHeader = false, Separator = delimiter };

    /// <summary>
    /// CsvReader would skip a byte order mark in front, or take two stray bytes for UTF-16's. Here both are data, so an empty line, which
    /// it skips, is put in front of them.
    /// </summary>
    private static PrefixedStream Guarded(Stream utf8) => new("\n"u8.ToArray(), utf8);

    private bool IsBlankLine()
    {
        var raw = csv.RawRecord;
        return raw.IsEmpty || (raw[0] is <= 0x20 or >= 0x80 && CellText.Trim(raw).IsEmpty);
    }

    private async ValueTask<bool> ReadOnAsync(ValueTask<bool> read, CancellationToken cancellationToken)
    {
        while (await read)
        {
            if (!IsBlankLine()) return Advance();
            read = csv.ReadAsync(cancellationToken);
        }
        return false;
    }

    private bool Advance()
    {
        Row++;
        examined = false;
        broken = null;
        return true;
    }

    /// <param name="Offset">Of the reader's first byte.</param>
    private readonly record struct Origin(long Offset, long FirstRow);
}
