using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Rejected;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Reading;

/// <summary>
/// Reads the rows of one batch: matches accounts, types cells, and leaves accepted values as entries sorted into partitions, rejected
/// rows as CSV lines. Its memory is bounded by the batch. For one batch at a time; the matcher may be shared by many.
/// </summary>
public sealed class BatchReader
{
    /// <summary>The most entries that memory is reserved for in advance; rows of a few bytes are rarely all entries.</summary>
    private const int MostExpected = 1 << 17;

    private readonly ImportMapping _mapping;
    private readonly FilePlan _plan;
    private readonly IRowAccounts _accounts;
    private readonly BatchOptions _options;
    private readonly ColumnMap _columns;
    private readonly ValueParser _values;
    private readonly IProductCells[] _products;
    private readonly int _blocks;

    /// <param name="accounts">That the rows are of; a replay or fix says itself who finds them.</param>
    public BatchReader(ImportMapping mapping, FilePlan plan, IRowAccounts accounts, BatchOptions options)
    {
        accounts = options.Child?.Parent ?? accounts;
        (_mapping, _plan, _accounts, _options) = (mapping, plan, accounts, options);
        _columns = new ColumnMap(plan);
        _values = new ValueParser(mapping.Integration.File, plan.DecimalSeparator);
        _products = [.. mapping.Products.Select((mapped, product) => CellsOf(mapped, product))];
        _blocks = Partitioning.Blocks(Math.Max(accounts.OrdinalCount, options.Child?.Now.OrdinalCount ?? 0));
    }

    private IProductCells CellsOf(MappedProduct mapped, int product) => mapped switch
    {
        { Long: not null } => new LongCells(_mapping, product, _plan, _columns, _values),
        { Wide: not null } => new WideCells(_mapping, product, _plan, _values),
        _ => new ColumnCells(_mapping, product, _plan, _columns, _values),
    };

    /// <param name="text">The batch's bytes of the UTF-8 file, nothing else.</param>
    /// <param name="entries">Gets one slice for each partition, one after the other.</param>
    /// <param name="rejected">Gets the lines of rejected rows, without a header. For tiny rows they can be many times as long as the
    /// batch.</param>
    /// <param name="waiting">Gets the identifiers of rows that wait for an account.</param>
    /// <param name="log">Is told of each row; null: nobody is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public BatchResult Read(
        BatchRange batch, ReadOnlyMemory<byte> text, Stream entries, Stream rejected, Stream waiting, RowLog? log = null,
        CancellationToken cancellationToken = default)
    {
        using var record = RecordReader.Create(text, _plan, batch, _options.Erased);
        using var buffer = new EntryBuffer(batch.FirstRow, _options.Partitions, _blocks, (int)Math.Min(batch.Rows, MostExpected),
            text.Length);
        var finder = FinderOf(_accounts);
        var waits = new WaitingRows(_plan, _values, _products, waiting);
        var child = _options.Child is { } reading ? new ChildRows(reading, _columns, FinderOf) : null;
        var (findings, issues, counter, read) = (new RowFindings(), new IssueLog(), new RowCounter(), 0L);
        var matched = new long[_mapping.Integration.Match.Count];
        using var rejectedRows = new RejectedCsv(_plan, _options.Run, rejected, header: false);
        var preview = new List<PreviewRow>();
        while (record.Read())
        {
            if ((read++ & 0x3FF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (record.IsErased)
            {
                log?.AddErased(record);
                continue;
            }

            findings.Clear();
            var (by, isOwn) = (finder, child is null || child.IsAll || child.IsListed(record.Row));
            var outcome = ReadRow(record, buffer, by, findings, isOwn, out var ordinal);
            for (var step = 0; step < child?.Steps && (findings.Any || child.IsCorrected(record.Row)); step++)
            {
                child.Pass(step, record);
                if (!child.MayMend(step, findings.Any) || child.Mend(step, record, ordinal, by) is not { } next) continue;
                if (child.IsOwn(step)) child.Touch(ordinal);
                if (ordinal >= 0) buffer.DropKeptRow();
                findings.Clear();
                (by, isOwn) = (next, isOwn || child.IsOwn(step));
                outcome = ReadRow(record, buffer, by, findings, isOwn, out ordinal);
                if (child.IsOwn(step)) child.Touch(ordinal);
            }

            if (child is not null && (child.IsAll || (child.IsListed(record.Row) && outcome != RowOutcome.Invalid))) child.Touch(ordinal);
            log?.Add(record, isOwn, outcome, ordinal, by, findings);
            if (outcome is RowOutcome.Unmatched or RowOutcome.Ambiguous) waits.Add(record, by.Looked, outcome == RowOutcome.Ambiguous);
            if (!isOwn) continue;
            counter.Add(outcome);
            if (ordinal >= 0) matched[by.Rule]++;
            if (record.Row <= _options.PreviewRows) preview.Add(Preview(record.Row, outcome, ordinal, by.MatchedBy, findings));
            if (!findings.Any) continue;
            findings.CountIn(issues, record.Row);
            rejectedRows.Write(record, outcome, findings.Code, findings.Message);
        }

        return new BatchResult
        {
            Index = batch.Index,
            Rows = counter.ToCounts(),
            Accepted = counter.Accepted,
            Slices = buffer.WriteTo(entries),
            Issues = issues.ToIssues(),
            Waiting = waits.Complete(),
            Matched = matched,
            Dates = [.. buffer.Dates().Select(seen => new ProductDates(_mapping.Products[seen.Product].Id, seen.Dates))],
            Spans = [.. buffer.Spans().Select(span => new DateSpan(_mapping.Products[span.Product].Id, span.First, span.Last))],
            Preview = preview,
            Touched = [.. child?.Touched ?? []],
        };
    }

    private AccountFinder FinderOf(IRowAccounts accounts) => new(_mapping.Integration.Match, _columns, accounts, _values);

    /// <summary>The row's outcome. An accepted row is called recorded here; the merge finds out whether it was superseded.</summary>
    private RowOutcome ReadRow(
        RecordReader record, EntryBuffer buffer, AccountFinder finder, RowFindings findings, bool isOwn, out int ordinal)
    {
        ordinal = -1;
        if (record.Broken is { } broken)
        {
            findings.Add(new RowIssue(broken.Code, broken.Column?.Trim('"'), broken.Found, broken.Message));
            return RowOutcome.Invalid;
        }

        ordinal = finder.Find(record, findings, out var outcome);
        if (ordinal < 0) return outcome;
        foreach (var product in _products) product.Read(record, ordinal, buffer, findings);
        if (findings.Any && _mapping.Integration.OnError.Mode == ErrorMode.SkipRow)
        {
            buffer.DropRow();
            foreach (var product in _products) product.Refuse(record, ordinal, buffer);
        }

        // A row of the parent's takes part in the merge of a child, and isn't counted again.
        var anyValue = buffer.KeepRow(clean: isOwn && !findings.Any, finder.MatchedBy);
        if (findings.Any) return anyValue ? RowOutcome.Partial : RowOutcome.Invalid;
        return anyValue ? RowOutcome.Recorded : RowOutcome.Empty;
    }

    private PreviewRow Preview(long row, RowOutcome outcome, int ordinal, MatchBy matchedBy, RowFindings findings) => new()
    {
        Row = row,
        Outcome = outcome,
        Account = ordinal >= 0 && _accounts.AccountOf(ordinal) is { } account
            ? new PreviewAccount(account.Id, account.Name, matchedBy) : null,
        Issues = findings.ToList(),
    };
}

public sealed record BatchOptions
{
    /// <summary>As <see cref="Partitioning.Count"/> says for the whole file; the same for every batch of a run.</summary>
    public required int Partitions { get; init; }

    /// <summary>The run's id, which rejected rows name.</summary>
    public string Run { get; init; } = "";

    /// <summary>Null: it is no replay or fix.</summary>
    public ChildReading? Child { get; init; }

    /// <summary>Rows that were taken out of the file's copy; null: none were.</summary>
    public ErasedRows? Erased { get; init; }

    /// <summary>Rows up to this one are shown in <see cref="BatchResult.Preview"/>; 0 outside of test runs.</summary>
    public long PreviewRows { get; init; }
}
