using Usage.Core.Changes;
using Usage.Core.Issues;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Children;
using Usage.Storage.Imports.Rows;

namespace Usage.Functions.Runs.Rows;

/// <summary>Reads the rows of an ended run again, a page at a time.</summary>
public sealed class RowPages(RowSearch search, RowStretches stretches, StoredValues stored, ChildReadings children)
{
    /// <summary>Bytes of the file that are read for a page; the row with which they are reached is its last one.</summary>
    private const long MostOfFile = 8 << 20;

    /// <summary>Rows that are read before it is looked how many bytes they had.</summary>
    private const int AtOnce = 128;

    /// <param name="Rows">In order.</param>
    /// <param name="Next">The row behind which the next page begins; null: there is none.</param>
    public sealed record RowPage(IReadOnlyList<RunRow> Rows, long? Next);

    /// <param name="after">Rows behind this one.</param>
    public async Task<RowPage> ReadAsync(KeptRun run, RowFilter filter, long after, int top, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(run, filter, after, top + 1, cancellationToken);
        var (rows, hasMore) = (found.Rows.Take(top).ToList(), found.Rows.Count > top);
        var read = await RereadAsync(run, rows, cancellationToken);
        var values = await stored.FindAsync(run, read, cancellationToken);
        var shown = read.Zip(values, (row, of) => Shown(run, row, of)).ToList();
        var isCut = shown.Count < rows.Count;
        return new RowPage(shown, shown.Count > 0 && (isCut || hasMore) ? shown[^1].Row : found.Through);
    }

    private async Task<IReadOnlyList<RereadRow>> RereadAsync(KeptRun run, List<long> rows, CancellationToken cancellationToken)
    {
        var (read, bytes, wanted) = (new List<RereadRow>(), 0L, rows.ToHashSet());
        foreach (var some in rows.Chunk(AtOnce))
        {
            foreach (var stretch in await stretches.LoadAsync(run.Stored, run.Plan, some, cancellationToken))
            {
                if (bytes >= MostOfFile) return read;
                bytes += stretch.Text.Length;
                var reading = await children.RereadAsync(
                    run.Stored.Run, run.Mapping, run.Plan, stretch.Range, run.Roster, cancellationToken);
                read.AddRange(await reading.ReadAsync(stretch, row => wanted.Contains(row) && row >= some[0] && row <= some[^1]));
            }
        }

        return read;
    }

    private static RunRow Shown(KeptRun run, RereadRow row, IReadOnlyList<StoredValue> of)
    {
        var outcome = row.Outcome == RowOutcome.Recorded ? run.Rows.OutcomeOf(row.Row) : row.Outcome;
        var account = row.Account is { } ordinal ? run.Roster.Find(ordinal)?.Account : null;
        var newer = run.Newer.LastOrDefault(by => by.Rows.Has(row.Row));
        var issues = newer is null ? row.Issues
            : [.. row.Issues, new RowIssue(IssueCode.NewerValue, null, null, SupersededRows.Message(row.Row, newer.Run))];
        return new RunRow(
            row.Row, outcome, row.Cells, row.Raw,
            account is null ? null : new PreviewAccount(account.Id, account.Name, row.MatchedBy!.Value), issues, of);
    }
}
