using System.Buffers;
using System.Text;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>
/// Rows of a sheet as CSV: comma, CRLF, UTF-8. Texts are in quotes, always; numbers, dates and booleans never: so the file tells what each
/// cell was. A row of the sheet is one record, whatever line breaks its cells have, also one that is empty.
/// </summary>
internal sealed class CsvRows(FileLimits limits)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 17);
    private int _taken;
    private int _start;
    private int _columns;
    private int _row;

    public ReadOnlyMemory<byte> Waiting => _bytes.WrittenMemory[_taken..];

    public void Take(int count)
    {
        _taken += count;
        if (_taken < _bytes.WrittenCount) return;
        _bytes.ResetWrittenCount();
        _taken = _start = 0;
    }

    /// <param name="row">The sheet's number of the row, from 1; those that were left out before it are empty.</param>
    public void StartRow(int row)
    {
        while (++_row < row) _bytes.Write("\"\"\r\n"u8);
        (_start, _columns) = (_bytes.WrittenCount, 0);
    }

    public void EndRow()
    {
        if (_columns == 0) _bytes.Write("\"\""u8);
        _bytes.Write("\r\n"u8);
    }

    /// <param name="column">From 1.</param>
    public void AddPlain(int column, ReadOnlySpan<char> text)
    {
        StartCell(column);
        Encoding.UTF8.GetBytes(text, _bytes);
        CheckLength();
    }

    /// <inheritdoc cref="AddText(int, ReadOnlySpan{byte})"/>
    public void AddText(int column, ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        AddText(column, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>An empty text is no cell.</summary>
    public void AddText(int column, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        StartCell(column);
        if (text.Length > limits.MaxCellBytes) throw TooLong(column, "cell", limits.MaxCellBytes, "limit MaxCellBytes");
        _bytes.Write("\""u8);
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            _bytes.Write(text[..(quote + 1)]);
            _bytes.Write("\""u8);
            text = text[(quote + 1)..];
        }

        _bytes.Write(text);
        _bytes.Write("\""u8);
        CheckLength();
    }

    private void StartCell(int column)
    {
        if (column > limits.MaxColumns)
            throw new FileRejectedException(IssueCode.TooManyColumns,
                Invariant($"the workbook: found cell {CellPlace.Letters(column)}{_row}, ")
                + Invariant($"expected nothing beyond {limits.MaxColumns} columns (limit MaxColumns)"));
        if (_columns == 0) _columns = 1;
        for (; _columns < column; _columns++) _bytes.Write(","u8);
    }

    // Rows are read whole: see FileLimits.
    private void CheckLength()
    {
        if (_bytes.WrittenCount - _start >= limits.MaxRecordBytes - 2)
            throw TooLong(_columns, "row up to there", limits.MaxRecordBytes, "16 times the limit MaxCellBytes");
    }

    private FileRejectedException TooLong(int column, string what, int most, string limit) => new(IssueCode.CellTooLong,
        Invariant($"the workbook, cell {CellPlace.Letters(column)}{_row}: found a {what} of more than {most} bytes, ")
        + $"expected at most that many ({limit})");
}
