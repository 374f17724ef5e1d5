using CsvHelper;
using Usage.Core.Files.Planning.Evidence;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Columns;

namespace Usage.Core.Files.Planning;

/// <summary>One pass over a file.</summary>
/// <param name="found">What a first pass has found out about the encoding.</param>
internal sealed class PlanPass(ImportMapping mapping, FileOpening opening, PlanOptions options, EncodingFoundException? found)
{
    private readonly FileLimits _limits = opening.Limits;
    private readonly WantedColumns _wanted = WantedColumns.Of(mapping);
    private IgnoredLog _ignored = new();
    private IReadOnlyList<string>? _header;
    private string? _sha256;
    private long _rows;

    private IReadOnlyList<RunIssue> Warnings => found is not { Charset: Charset.Windows1252 } ? [] : [new RunIssue
    {
        Code = IssueCode.ReadAsWindows1252,
        Severity = Severity.Warning,
        Count = 1,
        Samples = [new IssueSample(null, null, null, found.Message)],
    }];

    public async Task<PlanOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var source = await FileSource.OpenAsync(opening, found?.Charset, cancellationToken);
            var plan = await PlanAsync(source, cancellationToken);
            return new PlanOutcome { Plan = plan, Sha256 = plan.Sha256, Rows = plan.Rows, Ignored = plan.Ignored };
        }
        catch (FileRejectedException rejected)
        {
            return new PlanOutcome
            {
                Error = rejected.Error,
                Issues = [.. rejected.Issues, .. Warnings],
                Sha256 = _sha256,
                Header = _header,
                Rows = _rows,
                Ignored = _ignored.ToRows(),
            };
        }
    }

    private async Task<FilePlan> PlanAsync(FileSource source, CancellationToken cancellationToken)
    {
        var dialect = source.IsWorkbook
            ? FoundDialect.Workbook : FoundDialect.Of(source.Sample, opening.Name, opening.Format, _wanted);
        using var reader = RecordReader.CreateForFile(
            source.Text, dialect.Delimiter, source.TextStart, _limits.MaxRecordBytes, source.IsWorkbook);
        var header = _header = await ReadHeaderAsync(reader, dialect, cancellationToken);
        var format = opening.Format;
        // A sheet's rows end with their last cell that holds something.
        var missing = source.IsWorkbook ? MissingCells.Blank : format.MissingCells;
        var shape = new RowShape(
            header, source.Encoding.Name, ReservedColumns.Mark(header), missing, format.IgnoreRows, source.IsWorkbook);
        reader.StartRows(shape, _ignored, RowMender.Of(options.Mends, new ColumnMap(header)));
        var evidence = new CellEvidence(mapping, header, _ignored);
        var (cells, rows) = (new CellLimits(shape, _limits), new RowLimit(_wanted, header, _limits));
        var batches = await ReadRowsAsync(reader, source, cells, rows, evidence, cancellationToken);
        _sha256 = await source.CompleteAsync(cancellationToken);
        var decided = evidence.Decide();
        return new FilePlan
        {
            Sha256 = _sha256,
            Bytes = source.Bytes,
            Staged = source.Staged,
            Encoding = source.Encoding.Name,
            Dialect = new Dialect { Delimiter = dialect.Delimiter },
            Header = header,
            Mended = shape.Mended,
            Rows = _rows,
            Batches = batches,
            MissingCells = missing,
            Typed = source.IsWorkbook,
            IgnoreRows = format.IgnoreRows,
            Ignored = _ignored.ToRows(),
            DateOrders = decided.DateOrders,
            DecimalSeparator = decided.DecimalSeparator,
            Mends = options.Mends,
            Warnings = [.. Warnings, .. decided.Warnings],
        };
    }

    private async Task<IReadOnlyList<string>> ReadHeaderAsync(
        RecordReader reader, FoundDialect dialect, CancellationToken cancellationToken)
    {
        var cells = new CellLimits(new RowShape([], "", mended: false), _limits);
        var search = new HeaderSearch(_wanted, opening.Format.HeaderRow);
        var above = new IgnoredLog();
        var last = (Begin: 0L, End: 0L);
        try
        {
            if (dialect.HintLine) await reader.ReadAsync(cancellationToken);
            while (!search.Ended && await reader.ReadAsync(cancellationToken))
            {
                cells.Check(reader, row: 0);
                var names = Names(reader.Csv);
                if (search.Offer(names, reader.Line))
                {
                    // Behind blank lines, or Excel's own, the next row is meant.
                    if (opening.Format.HeaderRow <= last.End) throw HeaderRules.NoRow(opening.Format.HeaderRow.Value, last.Begin);
                    HeaderRules.Check(names, Needed(), dialect.Delimiter, _limits);
                    _ignored = above;
                    return names;
                }

                last = (reader.Line, reader.LastLine);
                above.Add("above the header", reader.Line, reader.Csv.RawRecord);
            }
        }
        catch (CsvFormatException tooLong)
        {
            throw await ExplainAsync(0, tooLong.ByteOffset - 1, cells, cancellationToken);
        }

        if (search.Best is not { } best)
            throw new FileRejectedException(IssueCode.EmptyFile, "the file: found nothing but white space, expected a header row");
        if (opening.Format.HeaderRow is { } line) throw HeaderRules.NoLine(line);
        HeaderRules.Check(best, Needed(), dialect.Delimiter, _limits);
        throw new InvalidOperationException("a row with all columns is the header");
    }

    /// <summary>Mapped columns, and those that rules about ignored rows name.</summary>
    private WantedColumns Needed() => _wanted with
    {
        Named = [.. _wanted.Named.Concat(opening.Format.IgnoreRows.Select(rule => rule.Column).OfType<ColumnNames>())
            .DistinctBy(column => column.Key)],
    };

    /// <summary>
    /// The current record's cells as column names: trimmed, white space inside as one space, and of a mended file without the ' too.
    /// </summary>
    private static IReadOnlyList<string> Names(CsvReader csv)
    {
        var names = SampleRecords.Names(csv);
        return ReservedColumns.Mark(names) ? [.. Enumerable.Range(0, names.Count).Select(Mended)] : names;

        string Mended(int column) => CellText.Name(FormulaGuard.TakeOff(csv.GetSpan(column)));
    }

    private async Task<IReadOnlyList<BatchRange>> ReadRowsAsync(
        RecordReader reader, FileSource source, CellLimits cells, RowLimit limit, CellEvidence evidence,
        CancellationToken cancellationToken)
    {
        var (cutter, mostRows) = (new BatchCutter(options.BatchBytes, limit.MaxBatchRows), limit.MaxRows);
        try
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (_rows == mostRows) throw limit.TooMany();
                _rows++;
                cells.Check(reader, _rows);
                cutter.Add(reader.Offset);
                evidence.Observe(reader);
            }
        }
        catch (CsvFormatException tooLong)
        {
            throw await ExplainAsync(_rows + 1, tooLong.ByteOffset - 1, cells, cancellationToken);
        }
        return cutter.Finish(source.TextEnd);
    }

    /// <summary>The record didn't fit into memory: it is read again, from its start, without keeping it.</summary>
    private async Task<FileRejectedException> ExplainAsync(long row, long textOffset, CellLimits cells, CancellationToken cancellationToken)
    {
        var again = opening with { CreateStage = _ => Task.FromResult(Stream.Null), BytesRead = null };
        await using var source = await FileSource.OpenAsync(again, found?.Charset, cancellationToken);
        var delimiter = FoundDialect.Of(source.Sample, opening.Name, opening.Format, _wanted).Delimiter;
        var record = new LongRecord(delimiter, _limits.MaxCellBytes);
        return await record.FollowAsync(source.Text, textOffset, cancellationToken) switch
        {
            LongRecord.Finding.UnclosedQuote => cells.Unclosed(row, record.Column),
            LongRecord.Finding.CellTooLong => cells.TooLong(row, record.Column),
            _ => cells.RowTooLong(row),
        };
    }
}
