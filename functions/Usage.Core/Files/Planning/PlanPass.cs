using CsvHelper;
using Usage.Core.Runs;

namespace Usage.Core.Files;

/// <summary>One pass over a file, as UTF-8 or, when it wasn't, as Windows-1252.</summary>
internal sealed class PlanPass(ImportMapping mapping, FileOpening opening, PlanOptions options, NotUtf8Exception? notUtf8)
{
    private readonly FileLimits limits = opening.Limits;
    private readonly IReadOnlyList<string> mapped = MappedColumns.Of(mapping);
    private string? sha256;
    private long rows;

    private IReadOnlyList<RunIssue> Warnings => notUtf8 is null ? [] : [new RunIssue
    {
        Code = IssueCode.ReadAsWindows1252,
        Severity = Severity.Warning,
        Count = 1,
        Samples = [new IssueSample(null, null, null, notUtf8.Message)],
    }];

    public async Task<PlanOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var source = await FileSource.OpenAsync(opening, notUtf8 is not null, cancellationToken);
            var plan = await PlanAsync(source, cancellationToken);
            return new PlanOutcome { Plan = plan, Sha256 = plan.Sha256, Rows = plan.Rows };
        }
        catch (FileRejectedException rejected)
        {
            return new PlanOutcome { Error = rejected.Error, Issues = [.. rejected.Issues, .. Warnings], Sha256 = sha256, Rows = rows };
        }
    }

    private async Task<FilePlan> PlanAsync(FileSource source, CancellationToken cancellationToken)
    {
        var dialect = FoundDialect.Of(source.Sample, opening.Name, opening.Format, mapped);
        using var reader = RecordReader.CreateForFile(source.Text, dialect.Delimiter, source.TextStart, limits.MaxRecordBytes);
        var header = await ReadHeaderAsync(reader, dialect, cancellationToken);
        var mended = ReservedColumns.Mark(header);
        var shape = new RowShape(header, source.Encoding.Name, mended);
        reader.StartRows(shape);
        var dates = new DateColumns(mapping, new ColumnMap(header));
        var batches = await ReadRowsAsync(reader, source, shape, dates, cancellationToken);
        sha256 = await source.CompleteAsync(cancellationToken);
        return new FilePlan
        {
            Sha256 = sha256,
            Bytes = source.Bytes,
            Staged = source.Staged,
            Encoding = source.Encoding.Name,
            Dialect = new Dialect { Delimiter = dialect.Delimiter },
            Header = header,
            Mended = mended,
            Rows = rows,
            Batches = batches,
            DateOrders = dates.Decide(),
            Warnings = Warnings,
        };
    }

    private async Task<IReadOnlyList<string>> ReadHeaderAsync(RecordReader reader, FoundDialect dialect, CancellationToken cancellationToken)
    {
        var cells = new CellLimits(new RowShape([], "", mended: false), limits);
        var there = await NextAsync(reader, cells, cancellationToken);
        if (there && dialect.HintLine) there = await NextAsync(reader, cells, cancellationToken);
        if (!there) throw new FileRejectedException(IssueCode.EmptyFile, "the file: found nothing but white space, expected a header row");
        cells.Check(reader);
        var header = HeaderNames.Read(reader.Csv);
        HeaderRules.Check(header, mapped, dialect.Delimiter, limits);
        return header;
    }

    private async Task<IReadOnlyList<BatchRange>> ReadRowsAsync(RecordReader reader, FileSource source, RowShape shape, DateColumns dates, CancellationToken cancellationToken)
    {
        var cells = new CellLimits(shape, limits);
        var cutter = new BatchCutter(options.BatchBytes);
        while (await NextAsync(reader, cells, cancellationToken))
        {
            if (rows == limits.MaxRows)
                throw new FileRejectedException(IssueCode.TooManyRows, FormattableString.Invariant($"the file: found more than {limits.MaxRows} rows, expected at most that many; split it, or raise the limit MaxRows"));
            rows++;
            cells.Check(reader);
            cutter.Add(reader.Offset);
            if (dates.Any) dates.Observe(reader);
        }
        return cutter.Finish(source.TextEnd);
    }

    private async ValueTask<bool> NextAsync(RecordReader reader, CellLimits cells, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException tooLong)
        {
            throw await ExplainAsync(reader, tooLong.ByteOffset - 1, cells, cancellationToken);
        }
    }

    /// <summary>The record didn't fit into memory: it is read again, from its start, without keeping it.</summary>
    private async Task<FileRejectedException> ExplainAsync(RecordReader reader, long textOffset, CellLimits cells, CancellationToken cancellationToken)
    {
        var again = opening with { CreateStage = _ => Task.FromResult(Stream.Null), BytesRead = null };
        await using var source = await FileSource.OpenAsync(again, notUtf8 is not null, cancellationToken);
        var delimiter = FoundDialect.Of(source.Sample, opening.Name, opening.Format, mapped).Delimiter;
        var record = new LongRecord(delimiter, limits.MaxCellBytes);
        await SkippedBytes.SkipAsync(source.Text, textOffset, cancellationToken);
        var row = reader.Row + 1;
        return await record.FollowAsync(source.Text, cancellationToken) switch
        {
            LongRecord.Finding.UnclosedQuote => cells.Unclosed(row, record.Column),
            LongRecord.Finding.CellTooLong => cells.TooLong(row, record.Column),
            _ => cells.RowTooLong(row),
        };
    }
}
