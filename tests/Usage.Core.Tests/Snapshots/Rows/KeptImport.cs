using System.Text;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Snapshots.Rows;
using Usage.Core.Tests.Reference;

namespace Usage.Core.Tests.Snapshots.Rows;

/// <summary>An import in memory of which is kept what a run keeps of its rows, and nothing else.</summary>
internal sealed class KeptImport
{
    private readonly ImportCase _case;
    private readonly byte[] _file;
    private readonly FilePlan _plan;
    private readonly AccountMatcher _accounts;
    private readonly List<(BatchRange Range, byte[] Table, BatchRows Rows)> _batches = [];
    private RunRows _rows;

    private KeptImport(ImportCase file, FilePlan plan)
    {
        (_case, _file, _plan, _accounts) = (file, Encoding.UTF8.GetBytes(file.Csv), plan, new AccountMatcher(file.Accounts));
        _rows = new RunRows(file.Mapping.Integration.Match.Count, null, null);
    }

    /// <returns>Null: the file is refused before its rows are read.</returns>
    public static async Task<KeptImport?> MakeAsync(ImportCase file, int batchBytes)
    {
        var content = Encoding.UTF8.GetBytes(file.Csv);
        var planner = new FilePlanner(file.Mapping, new FileLimits(), new PlanOptions { BatchBytes = batchBytes });
        var outcome = await planner.PlanAsync(
            "file.csv", _ => Task.FromResult<Stream>(new MemoryStream(content)),
            _ => throw new InvalidOperationException("UTF-8 needs no stage."), null, default);
        if (outcome.Plan is not { } plan) return null;
        var made = new KeptImport(file, plan);
        await made.ReadAsync();
        return made;
    }

    public IReadOnlyList<long> Find(RowQuery query, long after, int most)
    {
        var found = new List<long>();
        foreach (var (range, table, rows) in _batches)
        {
            if (!query.MayBeIn(range, rows, _rows)) continue;
            var marks = query.NeedsMarks(rows) ? table.AsMemory((int)rows.MarksAt, (int)(rows.FoundAt - rows.MarksAt)) : default;
            var segments = query.NeedsAccounts ? table.AsMemory(0, (int)rows.SeveralAt) : default;
            found.AddRange(query.Find(range, rows, _rows, marks, segments, after, most - found.Count));
        }

        return found;
    }

    /// <summary>A row, read again, with its outcome after the merge.</summary>
    public async Task<RereadRow> ReadAsync(long row)
    {
        var (range, table, rows) = _batches.Single(batch =>
            row >= batch.Range.FirstRow && row < batch.Range.FirstRow + batch.Range.Rows);
        var (offset, length) = RowTable.Segments(range, row, row);
        var kept = RowTable.Read(range, row, row, table.AsSpan((int)offset, length));
        var several = RowTable.Several(table.AsSpan((int)rows.SeveralAt, (int)(rows.MarksAt - rows.SeveralAt)));
        var text = _file.AsMemory((int)kept.Range.Offset, (int)kept.Range.Length);
        var reading = new RowReading(_case.Mapping, _plan, _accounts.AccountOf);
        var found = Assert.Single(await reading.ReadAsync(new RowStretch(kept.Range, text, kept.Accounts, several), one => one == row));
        return found.Outcome == RowOutcome.Recorded ? found with { Outcome = _rows.OutcomeOf(row) } : found;
    }

    public string? IdOf(int? ordinal) => ordinal is { } one ? _accounts.AccountOf(one)!.Id.Value : null;

    /// <summary>The different texts of a code and how often each was found, in the order of the rows.</summary>
    public IReadOnlyList<(string? Column, string Found, long Count)> Found(string code)
    {
        var found = new List<(string? Column, string Found, long Count)>();
        foreach (var (_, table, rows) in _batches)
            foreach (var text in RowTable.Found(table.AsSpan((int)rows.FoundAt)))
                if (rows.Findings[text.Finding] is var finding && finding.Code == code) found.Add((finding.Column, text.Text, text.Count));
        return
        [
            .. found.GroupBy(one => (one.Column, one.Found))
                .Select(same => (same.Key.Column, same.Key.Found, same.Sum(one => one.Count))),
        ];
    }

    private async Task ReadAsync()
    {
        var slices = new List<byte[]>();
        foreach (var range in _plan.Batches)
        {
            using var entries = new MemoryStream();
            using var table = new RowTableWriter(range, _case.Mapping.Integration.Match.Count);
            using var kept = new MemoryStream();
            var reader = new BatchReader(_case.Mapping, _plan, _accounts, new BatchOptions { Partitions = 1 });
            var result = reader.Read(range, _file.AsMemory((int)range.Offset, (int)range.Length), entries, Stream.Null, Stream.Null, table);
            var rows = table.WriteTo(kept, result);
            Assert.Equal(rows.Length, kept.Length);
            _batches.Add((range, kept.ToArray(), rows));
            slices.Add(entries.ToArray());
        }

        var merge = new PartitionMerge(_case.Mapping, new MergeOptions { Rows = _plan.Rows });
        await merge.CountAsync(slices.Select(slice => new MemoryStream(slice)));
        var recorded = new RowSet(_plan.Rows);
        recorded.Add(merge.Recorded);
        _rows = _rows with { Recorded = recorded };
    }
}
