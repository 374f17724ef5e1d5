using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Planning;

/// <summary>Rejects a file because of one cell or row: a quote that is never closed, or too many bytes.</summary>
internal sealed class CellLimits(RowShape shape, FileLimits limits)
{
    /// <summary>Cheap for a row that is shorter than the longest cell and doesn't end in quotes.</summary>
    /// <param name="row">The number of the reader's current row; 0 for the header.</param>
    public void Check(RecordReader reader, long row)
    {
        var csv = reader.Csv;
        var last = csv.FieldCount - 1;
        if (QuotedCell.StateOf(csv.GetRawSpan(last)) == QuoteState.Open) throw Unclosed(row, last);
        if (csv.RawRecord.Length <= limits.MaxCellBytes) return;
        for (var column = 0; column <= last; column++)
        {
            // A row that was broken stands whole in one cell of its rejected file.
            if (csv.GetSpan(column).Length <= limits.MaxCellBytes || column == shape.RawColumn) continue;
            throw QuotedCell.StateOf(csv.GetRawSpan(column)) == QuoteState.TextAfter ? Unclosed(row, column) : TooLong(row, column);
        }
    }

    public FileRejectedException Unclosed(long row, int column) => new(IssueCode.UnclosedQuote,
        $"{Place(row, column)}: found a quote that is never closed, expected a second one at the cell's end; "
        + "rows behind it may have been swallowed, so nothing is recorded", RowNumber(row), Name(column));

    public FileRejectedException TooLong(long row, int column) => new(IssueCode.CellTooLong,
        Invariant($"{Place(row, column)}: found a cell of more than {limits.MaxCellBytes} bytes, ")
        + "expected at most that many (limit MaxCellBytes)",
        RowNumber(row), Name(column));

    public FileRejectedException RowTooLong(long row) => new(IssueCode.CellTooLong,
        Invariant($"{Place(row)}: found a row of more than {limits.MaxRecordBytes} bytes, ")
        + "expected at most that many (16 times the limit MaxCellBytes)",
        RowNumber(row));

    private static string Place(long row) => row == 0 ? "header" : Invariant($"row {row}");

    private string Place(long row, int column) => $"{Place(row)}, column {shape.NameOf(column)}";

    private static long? RowNumber(long row) => row == 0 ? null : row;

    private string Name(int column) => shape.NameOf(column).Trim('"');
}
