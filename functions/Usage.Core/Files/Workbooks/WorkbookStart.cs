using Usage.Core.Files.Sources;
using Usage.Core.Files.Workbooks.Packages;
using Usage.Core.Files.Workbooks.Sheets;
using Usage.Core.Values;

namespace Usage.Core.Files.Workbooks;

/// <summary>The first rows of a workbook's sheet, to look at: as the CSV that an import would read.</summary>
/// <param name="Sheets">All that hold cells, hidden ones too, in the order of their tabs.</param>
/// <param name="Csv">Whole rows: comma, CRLF, UTF-8; see <see cref="CsvRows"/>.</param>
/// <param name="BytesRead">Unpacked, of the sheet.</param>
/// <param name="Complete">There are no more rows.</param>
internal sealed record WorkbookStart(
    IReadOnlyList<WorkbookSheet> Sheets, WorkbookSheet Sheet, ReadOnlyMemory<byte> Csv, long BytesRead, bool Complete)
{
    /// <summary>
    /// Ends before the row that goes beyond so many bytes, unpacked or as CSV, or that needs a shared text beyond so many. The stream is
    /// read synchronously.
    /// </summary>
    /// <param name="file">Seekable; it is disposed of.</param>
    /// <param name="head">The file's first bytes.</param>
    /// <exception cref="FileRejectedException">It is too large, no workbook, or a broken one, or has no such sheet.</exception>
    public static WorkbookStart Read(
        Stream file, ReadOnlySpan<byte> head, SheetChoice? wanted, FileLimits limits, int maxBytes, CancellationToken cancellationToken)
    {
        using var workbook = Workbook.Open(file, head, limits);
        var sheet = workbook.Choose(wanted);
        try
        {
            using var reader = workbook.OpenSheet(sheet, maxBytes, cancellationToken);
            var rows = new CsvRows(limits);
            var (whole, complete) = (0, false);
            while (!complete && reader.BytesRead < maxBytes && rows.Waiting.Length < maxBytes)
            {
                whole = rows.Waiting.Length;
                cancellationToken.ThrowIfCancellationRequested();
                complete = !reader.ReadRow(rows);
                if (reader.TextsEnded) return new WorkbookStart(workbook.Sheets, sheet, rows.Waiting[..whole], reader.BytesRead, false);
            }

            return new WorkbookStart(workbook.Sheets, sheet, rows.Waiting, reader.BytesRead, complete);
        }
        catch (Exception broken) when (WorkbookErrors.IsBroken(broken))
        {
            throw WorkbookErrors.Broken(broken);
        }
    }
}
