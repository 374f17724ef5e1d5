using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Usage.Core.Files.Reading;
using Usage.Core.Issues;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Files.Rejected;

/// <summary>
/// Writes the rejected rows of a file so that they can be opened in a spreadsheet safely, mended, and dropped again.
/// </summary>
public sealed class RejectedCsv : IDisposable
{
    private readonly FilePlan _plan;
    private readonly string _run;
    private readonly int[] _columns;
    private readonly SafeCsv _csv;

    /// <param name="run">The run's id, which each row names.</param>
    /// <param name="target">Stays open; all is written once this is disposed.</param>
    /// <param name="header">Begin the file, with a byte order mark and the header; without, only rows are written.</param>
    public RejectedCsv(FilePlan plan, string run, Stream target, bool header)
    {
        (_plan, _run) = (plan, run);
        _columns = [.. RowCells.Columns(plan)];
        _csv = new SafeCsv(target, mark: header, plan.DecimalSeparator);
        if (header) WriteHeader();
    }

    /// <summary>
    /// The reader's current row. One that is broken as a row has no cells that could be trusted: it stands whole in a column of its own.
    /// </summary>
    public void Write(RecordReader row, RowOutcome outcome, string code, string message)
    {
        var broken = row.Broken is not null;
        foreach (var column in _columns)
        {
            if (broken && !row.IsRaw) _csv.WritePlain("");
            else if (row.IsStored(column)) WriteStored(row.GetUntrimmed(column));
            else _csv.Write(Valid(row.GetUntrimmed(column)));
        }

        _csv.WritePlain(row.Row.ToString(CultureInfo.InvariantCulture));
        _csv.WritePlain(CoreJson.Word(outcome));
        _csv.WritePlain(code);
        _csv.WritePlain(message);
        if (broken) _csv.Write(Valid(row.Raw));
        else _csv.WritePlain("");
        _csv.WritePlain(_run);
        _csv.EndRow();
    }

    public void Dispose() => _csv.Dispose();

    private void WriteHeader()
    {
        foreach (var column in _columns) _csv.Write(_plan.Header[column]);
        foreach (var name in ReservedColumns.All) _csv.WritePlain(name);
        _csv.EndRow();
    }

    /// <summary>
    /// A number of a workbook gets the separator of the run, since it is that of the texts which is known when the file is dropped again.
    /// </summary>
    private void WriteStored(ReadOnlySpan<byte> cell)
    {
        var text = Encoding.ASCII.GetString(cell);
        var isNumber = NumberText.Parse(cell, (byte)'.', out _) != NumberState.NotANumber;
        _csv.Write(isNumber ? text.Replace('.', _plan.DecimalSeparator) : text);
    }

    /// <summary>A file that says it is UTF-8 text must be: what was broken shows as U+FFFD.</summary>
    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> cell) =>
        Utf8.IsValid(cell) && !cell.Contains((byte)0)
            ? cell
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(cell).Replace('\0', '\uFFFD'));
}
