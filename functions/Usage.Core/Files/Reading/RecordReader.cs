using CsvHelper;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;

namespace Usage.Core.Files.Reading;

/// <summary>
/// Reads rows from UTF-8 bytes without allocating per row. The same type plans the whole file and reads its batches, so that both see
/// the same rows. Spans are valid until the next read. Not thread-safe.
/// </summary>
public sealed class RecordReader : IDisposable
{
    private readonly CsvReader _csv;
    private readonly Origin _origin;
    private readonly long _extraLines;
    private readonly bool _isSheet;
    private long _records;
    private RowShape _shape;
    private IgnoredLog? _ignored;
    private BrokenRow? _broken;
    private bool _examined;
    private RowMender? _mender;
    private readonly MendedCells _cells = new();
    private ErasedRows _erased = ErasedRows.None;

    private RecordReader(CsvReader csv, RowShape shape, Origin origin, long extraLines = 0, bool isSheet = false)
    {
        (_csv, _shape, _origin, _extraLines, _isSheet) = (csv, shape, origin, extraLines, isSheet);
        Row = origin.FirstRow - 1;
    }

    /// <summary>The row's number in the file, from 1, the header not counted.</summary>
    public long Row { get; private set; }

    /// <summary>The row was taken out of the file's copy: it has its number, and nothing else.</summary>
    public bool IsErased { get; private set; }

    /// <summary>Why the row is broken as a row; null when it isn't.</summary>
    public BrokenRow? Broken
    {
        get
        {
            if (!_examined) (_broken, _examined) = (_shape.Examine(_csv, Row), true);
            return _broken;
        }
    }

    /// <summary>Where the current row starts, in bytes from the start of the staged blob or the file.</summary>
    internal long Offset => _origin.Offset + _csv.ByteOffset;

    /// <summary>
    /// The line on which the current record starts, of a whole file only. Of a workbook it is the sheet's row, however many lines its
    /// cells have.
    /// </summary>
    internal long Line => _isSheet ? _records : _csv.LineNumber - _extraLines;

    /// <summary>The line on which the current record ends, counted as <see cref="Line"/> is.</summary>
    internal long LastLine => _isSheet ? Line : Line + LineBreaks.In(_csv.RawRecord);

    /// <summary>The row in its file's own words: of a rejected file's row that was broken before, what it was then.</summary>
    internal ReadOnlySpan<byte> Raw => IsRaw ? GetUntrimmed(_shape.RawColumn) : _csv.RawRecord;

    /// <summary>The row of a rejected file that was broken as a row, and isn't mended.</summary>
    internal bool IsRaw => _shape.IsRaw(_csv);

    /// <summary>The current row's cells as they are written in the file.</summary>
    internal CsvReader Csv => _csv;

    /// <param name="text">Exactly the batch's bytes.</param>
    /// <param name="erased">Of the file; null: none are.</param>
    public static RecordReader Create(ReadOnlyMemory<byte> text, FilePlan plan, BatchRange batch, ErasedRows? erased = null)
    {
        var options = Options(plan.Dialect.Delimiter);
        var guarded = text.Span is [0xEF or 0xFE or 0xFF, ..];
        var csv = guarded
            ? CsvReader.Create(Guarded(new PrefixedStream(text, Stream.Null)), options) : CsvReader.Create(text, options);
        var origin = new Origin(guarded ? batch.Offset - 1 : batch.Offset, batch.FirstRow);
        return new RecordReader(csv, RowShape.Of(plan), origin)
        {
            _erased = erased ?? ErasedRows.None,
            _mender = RowMender.Of(plan.Mends.In(batch), new ColumnMap(plan)),
        };
    }

    /// <summary>
    /// A reader of a whole file, whose first record is the header; see <see cref="StartRows"/>. The stream stays the caller's.
    /// </summary>
    /// <param name="isSheet">Each record is a row of a workbook's sheet.</param>
    internal static RecordReader CreateForFile(Stream utf8, char delimiter, long offset, int maxRecordBytes, bool isSheet = false)
    {
        var csv = CsvReader.Create(Guarded(utf8), Options(delimiter) with { MaxRecordSize = maxRecordBytes, TrackLineNumbers = true },
            leaveOpen: true);
        return new RecordReader(csv, new RowShape([], "", mended: false), new Origin(offset - 1, 0), extraLines: 1, isSheet);
    }

    /// <returns>False at the end.</returns>
    public bool Read()
    {
        do
        {
            if (!_csv.Read()) return false;
            IsErased = _erased.BeginsAt(Offset);
        }
        while (!IsErased && IsSkipped());
        return Advance();
    }

    /// <summary>As <see cref="Read"/>. Most rows are buffered already, and are read without an async state machine.</summary>
    internal ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var read = _csv.ReadAsync(cancellationToken);
        if (!read.IsCompletedSuccessfully) return ReadOnAsync(read, cancellationToken);
        if (!read.GetAwaiter().GetResult()) return ValueTask.FromResult(false);
        return IsSkipped() ? ReadOnAsync(_csv.ReadAsync(cancellationToken), cancellationToken) : ValueTask.FromResult(Advance());
    }

    /// <summary>The current record was the header; the next one is row 1.</summary>
    /// <param name="log">Is told what is ignored.</param>
    /// <param name="mender">Of all rows; null: they are read as they stand.</param>
    internal void StartRows(RowShape rows, IgnoredLog log, RowMender? mender = null)
    {
        (_shape, _ignored, _mender) = (rows, log, mender);
        Row = 0;
    }

    /// <summary>
    /// A cell without its quotes and outer white space; of a mended file, without the ' too. Empty past the row's last cell.
    /// </summary>
    public ReadOnlySpan<byte> GetCell(int column) => CellText.Trim(GetUntrimmed(column));

    /// <summary>The cell was a number in a workbook, or a date or boolean, and no text: see <see cref="FilePlan.Typed"/>.</summary>
    internal bool IsStored(int column) => !_cells.Replace && !_cells.Has(column) && _shape.IsStored(_csv, column);

    /// <summary>By <see cref="Mend"/>, not by the file's plan.</summary>
    internal bool IsMended(int column) => _cells.HasNew(column);

    internal ReadOnlySpan<byte> GetUntrimmed(int column) =>
        _cells.Find(column) is { } text ? text : _cells.Replace ? [] : _shape.Cell(_csv, column);

    /// <summary>
    /// The current row has another text in a cell. One that is broken as a row has none that could be trusted: it is read as if it had only
    /// those that are given.
    /// </summary>
    /// <returns>False: it had that text.</returns>
    internal bool Mend(int column, byte[] text)
    {
        if (Broken is null && GetCell(column).SequenceEqual(text)) return false;
        if (Broken is not null) (_cells.Replace, _broken) = (true, null);
        _cells.Add(column, text);
        return true;
    }

    /// <summary>What a message about the cell adds where it has a space and then a quote, so that it isn't quoted; else nothing.</summary>
    internal string QuoteHint(int column) =>
        !_cells.Replace && column < _csv.FieldCount && QuotedCell.HasSpaceBefore(_csv.GetRawSpan(column))
            ? $" ({QuotedCell.SpaceHint})" : "";

    public void Dispose() => _csv.Dispose();

    private static CsvReaderOptions Options(char delimiter) => new() { HasHeader = false, Separator = delimiter };

    /// <summary>
    /// CsvReader would skip a byte order mark in front, or take two stray bytes for UTF-16's. Here both are data, so an empty line, which
    /// it skips, is put in front of them.
    /// </summary>
    private static PrefixedStream Guarded(Stream utf8) => new("\n"u8.ToArray(), utf8);

    private bool IsSkipped()
    {
        _records++;
        if (_shape.IsPadding(_csv)) return true;
        if (_shape.WhyIgnored(_csv) is not { } why) return false;
        _ignored?.Add(why, Line, _csv.RawRecord);
        return true;
    }

    private async ValueTask<bool> ReadOnAsync(ValueTask<bool> read, CancellationToken cancellationToken)
    {
        while (await read)
        {
            if (!IsSkipped()) return Advance();
            read = _csv.ReadAsync(cancellationToken);
        }
        return false;
    }

    private bool Advance()
    {
        Row++;
        _examined = false;
        _broken = null;
        _cells.Clear();
        if (!IsErased && _mender?.Mend(this) == true) _cells.TakeAsPlanned();
        return true;
    }

    /// <param name="Offset">Of the reader's first byte.</param>
    private readonly record struct Origin(long Offset, long FirstRow);
}
