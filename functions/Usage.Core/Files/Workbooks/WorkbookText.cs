using Usage.Core.Files.Sources;
using Usage.Core.Files.Workbooks.Packages;
using Usage.Core.Files.Workbooks.Sheets;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Workbooks;

/// <summary>A sheet's rows as the text of a CSV file; see <see cref="CsvRows"/>. Owns the workbook.</summary>
internal sealed class WorkbookText : ForwardStream
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>One workbook at a time: its shared texts are in memory.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly Workbook _workbook;
    private readonly WorkbookSheet _sheet;
    private readonly FileLimits _limits;
    private readonly CsvRows _rows;
    private SheetReader? _reader;
    private long _total;
    private bool _disposed;

    private WorkbookText(Workbook workbook, WorkbookSheet sheet, FileLimits limits) =>
        (_workbook, _sheet, _limits, _rows) = (workbook, sheet, limits, new CsvRows(limits));

    public static async Task<WorkbookText> OpenAsync(
        Workbook workbook, WorkbookSheet sheet, FileLimits limits, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        return new WorkbookText(workbook, sheet, limits);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rows.Waiting.IsEmpty) Fill(cancellationToken);
        var taken = Math.Min(buffer.Length, _rows.Waiting.Length);
        _rows.Waiting[..taken].CopyTo(buffer);
        _rows.Take(taken);
        _total += taken;
        if (_total > _limits.MaxUnpackedBytes)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                Invariant($"the workbook: found cells of more than {_limits.MaxUnpackedBytes} bytes as CSV, ")
                + "expected at most that many (limit MaxUnpackedBytes); split it");
        return ValueTask.FromResult(taken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _reader?.Dispose();
            _workbook.Dispose();
            Turn.Release();
        }

        base.Dispose(disposing);
    }

    private void Fill(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            _reader ??= _workbook.OpenSheet(_sheet, long.MaxValue, cancellationToken);
            while (_rows.Waiting.Length < ChunkBytes && _reader.ReadRow(_rows))
            {
            }
        }
        catch (Exception broken) when (WorkbookErrors.IsBroken(broken))
        {
            throw WorkbookErrors.Broken(broken);
        }
    }
}
