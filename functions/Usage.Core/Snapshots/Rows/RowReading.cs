using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Snapshots.Reading;

namespace Usage.Core.Snapshots.Rows;

/// <summary>Reads rows of an ended run again: by the same code, the same plan and mapping, and with the accounts that it found.</summary>
/// <param name="account">As it is now, by its ordinal; null where it is gone.</param>
public sealed class RowReading(ImportMapping mapping, FilePlan plan, Func<int, Account?> account)
{
    /// <summary>How the rows of a replay or fix are read; null: the run is none.</summary>
    public ChildReading? Child { get; init; }

    private readonly RowCells _cells = new(plan);

    /// <param name="stretch">Of the file, with its accounts.</param>
    /// <param name="isWanted">Whether a row is; the others are read, and forgotten.</param>
    public async Task<IReadOnlyList<RereadRow>> ReadAsync(RowStretch stretch, Func<long, bool> isWanted)
    {
        var log = new Log(_cells, isWanted);
        var values = (await ValuesAsync(stretch, log)).Where(one => isWanted(one.Row)).ToLookup(one => one.Row, one => one.Value);
        return [.. log.Rows.Select(row => row with { Values = [.. values[row.Row].Distinct().Order(InOrder)] })];
    }

    /// <summary>The rows that give such a value, or lack one that a total needs; in order.</summary>
    public async Task<IReadOnlyList<long>> FindAsync(RowStretch stretch, Func<RowValue, bool> isSuch) =>
        [.. (await ValuesAsync(stretch, log: null)).Where(one => isSuch(one.Value)).Select(one => one.Row).Distinct().Order()];

    private static Comparer<RowValue> InOrder { get; } = Comparer<RowValue>.Create(
        (a, b) => (a.Product, a.Date, a.Dimension).CompareTo((b.Product, b.Date, b.Dimension)));

    private async Task<List<(long Row, RowValue Value)>> ValuesAsync(RowStretch stretch, RowLog? log)
    {
        var rules = mapping.Integration.Match.Count;
        var kept = new KeptAccounts(stretch.Range.FirstRow, stretch.Accounts, rules, stretch.Several, account);
        using var entries = new MemoryStream();
        new BatchReader(mapping, plan, kept, new BatchOptions { Partitions = 1, Child = Child, Erased = stretch.Erased })
            .Read(stretch.Range, stretch.Text, entries, Stream.Null, Stream.Null, log);
        entries.Position = 0;
        using var reader = new EntryReader(entries);
        var found = new List<(long Row, RowValue Value)>();
        while (await reader.ReadAsync(CancellationToken.None)) Add(reader, found);
        return found;
    }

    private static void Add(EntryReader entry, List<(long Row, RowValue Value)> found)
    {
        for (var values = entry.Values; values.MoveNext();)
            found.Add((entry.Key.Row, new RowValue(
                entry.Key.Product, DateOnly.FromDayNumber(entry.Key.Date), values.Dimension,
                Refused: values.Kind == EntryFormat.RefusedKind)));
    }

    private sealed class Log(RowCells cells, Func<long, bool> isWanted) : RowLog
    {
        public List<RereadRow> Rows { get; } = [];

        internal override void Add(
            RecordReader record, bool isOwn, RowOutcome outcome, int ordinal, AccountFinder finder, RowFindings findings)
        {
            if (!isWanted(record.Row)) return;
            Rows.Add(new RereadRow(
                record.Row, outcome, ordinal < 0 ? null : ordinal, ordinal < 0 ? null : finder.MatchedBy, cells.Of(record),
                RowCells.RawOf(record), findings.ToList()));
        }
    }
}

/// <summary>Rows that follow each other.</summary>
/// <param name="Text">Of all of them.</param>
/// <param name="Accounts">One a row, as the batch's table has them.</param>
/// <param name="Several">The accounts of ambiguous keys of the whole batch; empty where no row has one.</param>
public sealed record RowStretch(BatchRange Range, ReadOnlyMemory<byte> Text, uint[] Accounts, IReadOnlyList<int[]> Several)
{
    /// <summary>Rows that were taken out of the file's copy.</summary>
    public ErasedRows Erased { get; init; } = ErasedRows.None;
}
