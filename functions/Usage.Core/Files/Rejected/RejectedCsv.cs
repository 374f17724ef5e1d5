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
    private readonly int[] columns;
    private readonly SafeCsv csv;

    /// <param name="target">Stays open; all is written once this is disposed.</param>
    /// <param name="header">Begin the file, with a byte order mark and the header; without, only rows are written.</param>
    public RejectedCsv(FilePlan plan, Stream target, bool header)
    {
        this.plan = plan;
        columns = [.. Enumerable.Range(0, plan.Header.Count).Where(c => !plan.Mended || !ReservedColumns.Contains(plan.Header[c]))];
        csv = new SafeCsv(target, mark: header, plan.DecimalSeparator);
        if (header) WriteHeader();
    }

    /// <summary>The reader's current row. Missing cells are left blank, surplus ones are put into the message.</summary>
    public void Write(RecordReader row, RowOutcome outcome, string code, string message)
    {
        foreach (var column in columns) csv.Write(Valid(row.GetUntrimmed(column)));
        csv.WritePlain(row.Row.ToString(CultureInfo.InvariantCulture));
        csv.WritePlain(CoreJson.Word(outcome));
        csv.WritePlain(code);
        csv.WritePlain(row.CellCount > plan.Header.Count ? message + Surplus(row) : message);
        csv.EndRow();
    }

    public void Dispose() => csv.Dispose();

    private void WriteHeader()
    {
        foreach (var column in columns) csv.Write(plan.Header[column]);
        foreach (var name in ReservedColumns.All) csv.WritePlain(name);
        csv.EndRow();
    }

    private string Surplus(RecordReader row)
    {
        var cells = Enumerable.Range(plan.Header.Count, row.CellCount - plan.Header.Count)
            .Select(column => $"\"{Encoding.UTF8.GetString(row.GetUntrimmed(column))}\"");
        return $"; surplus cells: {string.Join(", ", cells)}";
    }

    /// <summary>A file that says it is UTF-8 must be: what was broken shows as U+FFFD.</summary>
    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> cell) =>
        Utf8.IsValid(cell) ? cell : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(cell));
}
