using Usage.Core.Files;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Merging;

namespace Usage.Core.Snapshots.Rows;

/// <summary>Which rows of a run are looked for, as far as what is kept of them tells; null is any.</summary>
/// <param name="Column">In any case.</param>
/// <param name="Account">Ordinal.</param>
public sealed record RowQuery(RowOutcome? Outcome, string? Code, string? Column, int? Account)
{
    /// <summary>Whether the marks of a batch are needed to find its rows.</summary>
    public bool NeedsMarks(BatchRows rows) => !IsOfNewer && rows.Counts.Read > rows.Accepted && (IsOfFinding || Outcome is not null);

    public bool NeedsAccounts => Account is not null;

    private bool IsOfNewer => Code == IssueCode.NewerValue;

    private bool IsOfFinding => Code is not null || Column is not null;

    /// <summary>Whether a batch may have such rows.</summary>
    public bool MayBeIn(BatchRange batch, BatchRows rows, RunRows run)
    {
        if (run.Own?.CountIn(batch.FirstRow, batch.Rows) == 0) return false;
        if (IsOfNewer && (Column is not null || run.Newer?.CountIn(batch.FirstRow, batch.Rows) is null or 0)) return false;
        if (IsOfFinding && !IsOfNewer && !rows.Findings.Any(Fits)) return false;
        return Outcome switch
        {
            null => true,
            RowOutcome.Recorded => Recorded() > 0,
            RowOutcome.Superseded => rows.Accepted > Recorded(),
            RowOutcome.Partial => rows.Counts.Partial > 0,
            RowOutcome.Unmatched => rows.Counts.Unmatched > 0,
            RowOutcome.Ambiguous => rows.Counts.Ambiguous > 0,
            RowOutcome.Invalid => rows.Counts.Invalid > 0,
            _ => rows.Counts.Empty > 0,
        };

        long Recorded() => run.Recorded?.CountIn(batch.FirstRow, batch.Rows) ?? rows.Accepted;
    }

    /// <summary>The numbers of such rows of a batch, in order.</summary>
    /// <param name="marks">Of the batch; empty where they aren't needed.</param>
    /// <param name="segments">Of the whole batch; empty where accounts aren't needed.</param>
    /// <param name="after">Rows behind this one.</param>
    /// <param name="most">So many at most.</param>
    public IReadOnlyList<long> Find(
        BatchRange batch, BatchRows rows, RunRows run, ReadOnlyMemory<byte> marks, ReadOnlyMemory<byte> segments, long after, int most)
    {
        var found = new List<long>();
        var marked = new RowMarks(marks.Span, IsOfFinding ? [.. rows.Findings.Select(Fits)] : null);
        var more = marked.MoveNext();
        for (var place = Math.Max(0, after + 1 - batch.FirstRow); place < batch.Rows && found.Count < most; place++)
        {
            while (more && marked.Place < place) more = marked.MoveNext();
            var isMarked = more && marked.Place == place;
            // Only marked rows have findings of reading.
            if (!isMarked && IsOfFinding && !IsOfNewer)
            {
                if (!more) break;
                place = marked.Place - 1;
                continue;
            }

            var row = batch.FirstRow + place;
            if (run.Erased.Has(row)) continue;
            if (run.Own?.Has(row) == false) continue;
            if (IsOfFinding && !(IsOfNewer ? run.Newer!.Has(row) : marked.IsWanted)) continue;
            if (Outcome is { } outcome && outcome != (isMarked ? marked.Outcome : run.OutcomeOf(row))) continue;
            if (Account is { } account && !IsOf(account, RowTable.AccountAt(batch, segments.Span, place), run.Rules)) continue;
            found.Add(row);
        }

        return found;
    }

    /// <summary>Whether a finding has the code and the column.</summary>
    public bool Fits(RowFinding finding) =>
        (Code ?? finding.Code) == finding.Code
        && (Column is null || string.Equals(Column, finding.Column, StringComparison.OrdinalIgnoreCase));

    private static bool IsOf(int account, uint code, int rules) =>
        code != 0 && RowTableFormat.Account(code, rules) is { Several: false } found && found.Value == account;
}

/// <summary>What is known of a whole run's rows.</summary>
/// <param name="Rules">How many match rules its integration has.</param>
/// <param name="Recorded">The accepted rows that were recorded; null: all of them were.</param>
/// <param name="Newer">Those that are superseded by later runs; null: none are.</param>
public sealed record RunRows(int Rules, RowSet? Recorded, RowSet? Newer)
{
    /// <summary>Rows that were taken out of the file's copy.</summary>
    public ErasedRows Erased { get; init; } = ErasedRows.None;

    /// <summary>Those that a replay or fix is about; null: all are.</summary>
    public RowSet? Own { get; init; }

    /// <param name="row">One that was accepted.</param>
    public RowOutcome OutcomeOf(long row) => Recorded?.Has(row) == false ? RowOutcome.Superseded : RowOutcome.Recorded;
}
