using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Usage.Core.Files.Reading;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Files.Rejected;

/// <summary>
/// Writes the rejected rows of a file so that they can be opened in a spreadsheet without running anything, mended, and dropped
/// as they are: comma, CRLF, UTF-8 with a byte order mark. Safe for several threads.
/// </summary>
public sealed class RejectedCsv
{
    private readonly FilePlan plan;
    private readonly char decimalSeparator;
    private readonly int[] columns;

    public RejectedCsv(FilePlan plan, FileFormat format)
    {
        this.plan = plan;
        decimalSeparator = format.DecimalSeparator[0];
        columns = [.. Enumerable.Range(0, plan.Header.Count).Where(c => !plan.Mended || !ReservedColumns.Contains(plan.Header[c]))];
    }

    /// <summary>The byte order mark and the first line. Once a file.</summary>
    public void AppendHeader(IBufferWriter<byte> output)
    {
        output.Write("\uFEFF"u8);
        foreach (var column in columns) AppendOriginal(output, Encoding.UTF8.GetBytes(plan.Header[column]));
        for (var i = 0; i < ReservedColumns.All.Count; i++) AppendOwn(output, ReservedColumns.All[i], i == ReservedColumns.All.Count - 1);
    }

    /// <summary>The reader's current row. Missing cells are left blank, surplus ones are put into the message.</summary>
    public void AppendRow(IBufferWriter<byte> output, RecordReader row, RowOutcome outcome, string code, string message)
    {
        foreach (var column in columns) AppendOriginal(output, row.GetUntrimmed(column));
        AppendOwn(output, row.Row.ToString(System.Globalization.CultureInfo.InvariantCulture));
        AppendOwn(output, Name(outcome));
        AppendOwn(output, code);
        AppendOwn(output, row.CellCount > plan.Header.Count ? message + Surplus(row) : message, last: true);
    }

    private string Surplus(RecordReader row)
    {
        var text = new StringBuilder("; surplus cells: ");
        for (var column = plan.Header.Count; column < row.CellCount; column++)
            text.Append(column == plan.Header.Count ? "\"" : ", \"").Append(Encoding.UTF8.GetString(row.GetUntrimmed(column))).Append('"');
        return text.ToString();
    }

    private void AppendOriginal(IBufferWriter<byte> output, ReadOnlySpan<byte> cell)
    {
        // A file that says it is UTF-8 must be: what was broken shows as U+FFFD.
        if (!Utf8.IsValid(cell)) cell = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(cell));
        AppendCell(output, cell, FormulaGuard.Needs(cell, decimalSeparator));
        output.Write(","u8);
    }

    private static void AppendOwn(IBufferWriter<byte> output, string text, bool last = false)
    {
        AppendCell(output, Encoding.UTF8.GetBytes(text), guarded: false);
        output.Write(last ? "\r\n"u8 : ","u8);
    }

    private static void AppendCell(IBufferWriter<byte> output, ReadOnlySpan<byte> cell, bool guarded)
    {
        var quoted = cell.IndexOfAny(",\"\r\n"u8) >= 0;
        if (quoted) output.Write("\""u8);
        if (guarded) output.Write("'"u8);
        for (var quote = cell.IndexOf((byte)'"'); quote >= 0; quote = cell.IndexOf((byte)'"'))
        {
            output.Write(cell[..(quote + 1)]);
            output.Write("\""u8);
            cell = cell[(quote + 1)..];
        }
        output.Write(cell);
        if (quoted) output.Write("\""u8);
    }

    private static string Name(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Unmatched => "unmatched",
        RowOutcome.Ambiguous => "ambiguous",
        RowOutcome.Partial => "partial",
        RowOutcome.Invalid => "invalid",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "rows that were not rejected don't belong into the rejected file"),
    };
}
