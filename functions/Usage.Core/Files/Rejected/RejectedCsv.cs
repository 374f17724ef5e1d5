using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Usage.Core.Files.Reading;
using Usage.Core.Issues;

namespace Usage.Core.Files.Rejected;

/// <summary>
/// Writes the rejected rows of a file so that they can be opened in a spreadsheet safely, mended, and dropped again.
/// </summary>
public sealed class RejectedCsv : IDisposable
{
    private readonly FilePlan plan;
    private readonly string run;
    private readonly int[] columns;
    private readonly SafeCsv csv;

    /// <param name="run">The run's id, which each row names.</param>
    /// <param name="target">Stays open; all is written once this is disposed.</param>
    /// <param name="header">Begin the file, with a byte order mark and the header; without, only rows are written.</param>
    public RejectedCsv(FilePlan plan, string run, Stream target, bool header)
    {
        (this.plan, this.run) = (plan, run);
        columns = [.. Enumerable.Range(0, plan.Header.Count).Where(c => !plan.Mended || !ReservedColumns.Contains(plan.Header[c]))];
        csv = new SafeCsv(target, mark: header, plan.DecimalSeparator);
        if (header) WriteHeader();
    }

    /// <summary>
    /// The reader's current row. One that is broken as a row has no cells that could be trusted: it stands whole in a column of its own.
    /// </summary>
    public void Write(RecordReader row, RowOutcome outcome, string code, string message)
    {
        var broken = row.Broken is not null;
        foreach (var column in columns)
        {
            if (broken && !row.IsRaw) csv.WritePlain("");
            else csv.Write(Valid(row.GetUntrimmed(column)));
        }

        csv.WritePlain(row.Row.ToString(CultureInfo.InvariantCulture));
        csv.WritePlain(CoreJson.Word(outcome));
        csv.WritePlain(code);
        csv.WritePlain(message);
        if (broken) csv.Write(Valid(row.Raw));
        else csv.WritePlain("");
        csv.WritePlain(run);
        csv.EndRow();
    }

    public void Dispose() => csv.Dispose();

    private void WriteHeader()
    {
        foreach (var column in columns) csv.Write(plan.Header[column]);
        foreach (var name in ReservedColumns.All) csv.WritePlain(name);
        csv.EndRow();
    }

    /// <summary>A file that says it is UTF-8 text must be: what was broken shows as U+FFFD.</summary>
    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> cell) =>
        Utf8.IsValid(cell) && !cell.Contains((byte)0)
            ? cell
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(cell).Replace('\0', '\uFFFD'));
}
