using Usage.Core.Accounts.Unmatched;
using Usage.Core.Issues;

namespace Usage.Core.Snapshots;

/// <summary>The results of all batches of a run together, from which the decision is made. Their order doesn't matter.</summary>
public sealed record BatchTotals
{
    /// <summary>Recorded and superseded are 0 until <see cref="Close"/>.</summary>
    public RowCounts Rows { get; init; } = new();

    public long Accepted { get; init; }

    /// <summary>0: no value of any row was accepted, and the run would write nothing.</summary>
    public long Entries { get; init; }

    public IReadOnlyList<RunIssue> Issues { get; init; } = [];

    /// <summary>Pieces of the identifiers of waiting rows, with the batches that have them, in the order of the batches.</summary>
    public IReadOnlyList<BatchPiece> Waiting { get; init; } = [];

    /// <summary>How many rows each of the integration's rules found the account of; empty when no batch was read.</summary>
    public IReadOnlyList<long> Matched { get; init; } = [];

    public IReadOnlyList<ProductDates> Dates { get; init; } = [];

    /// <summary>In row order; empty outside of test runs.</summary>
    public IReadOnlyList<PreviewRow> Preview { get; init; } = [];

    /// <param name="warnings">What the plan has found.</param>
    public static BatchTotals Of(IEnumerable<BatchResult> batches, IEnumerable<RunIssue>? warnings = null)
    {
        var (rows, accepted, entries) = (new RowCounts(), 0L, 0L);
        var (issues, waiting) = (new IssueLog(warnings), new List<BatchPiece>());
        var dates = new SortedDictionary<string, (ProductDates First, SortedSet<DateOnly> All)>(StringComparer.Ordinal);
        var (preview, matched) = (new List<PreviewRow>(), new List<long>());
        foreach (var batch in batches)
        {
            rows += batch.Rows;
            accepted += batch.Accepted;
            entries += batch.Slices.Sum(slice => slice.Entries);
            issues.Merge(batch.Issues);
            waiting.AddRange(batch.Waiting.Select(piece => new BatchPiece(batch.Index, piece)));
            preview.AddRange(batch.Preview);
            for (var rule = 0; rule < batch.Matched.Count; rule++)
            {
                if (rule == matched.Count) matched.Add(0);
                matched[rule] += batch.Matched[rule];
            }

            foreach (var product in batch.Dates)
            {
                if (!dates.TryGetValue(product.Product.Value, out var seen)) dates.Add(product.Product.Value, seen = (product, []));
                seen.All.UnionWith(product.Dates);
            }
        }

        return new BatchTotals
        {
            Rows = rows,
            Accepted = accepted,
            Entries = entries,
            Issues = issues.ToIssues(),
            Waiting = [.. waiting.OrderBy(piece => piece.Batch)],
            Matched = matched,
            Dates = [.. dates.Values.Select(seen => new ProductDates(seen.First.Product, [.. seen.All]))],
            Preview = [.. preview.OrderBy(row => row.Row)],
        };
    }

    /// <summary>The final counts, from what the merge of all partitions says.</summary>
    public RowCounts Close(MergeTally merged) => Rows with { Recorded = merged.RecordedRows, Superseded = Accepted - merged.RecordedRows };
}

public readonly record struct BatchPiece(int Batch, WaitingPiece Piece);
