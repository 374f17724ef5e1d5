using Usage.Core.Accounts;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Runs;

namespace Usage.Core.Tests.Reference;

/// <summary>
/// A whole import in memory, written for the reader and not for the machine, and without any code of the engine: what the
/// pipeline must come to for any batches, any partitions and any order. Well-formed files with a header that has all columns.
/// </summary>
public static class ReferenceImport
{
    public static ReferenceResult Run(
        string csv, ImportMapping mapping, IReadOnlyList<NumberedAccount> accounts, IReadOnlyList<Resolution> resolutions)
    {
        var lines = ReferenceCsv.Read(csv, mapping.Integration.File.Delimiter is { } delimiter ? delimiter[0] : ',');
        var ignored = lines.Skip(1).Where(line => ReferenceIgnoring.IsIgnored(line, lines[0].Cells, mapping.Integration.File)).ToArray();
        var records = lines.Skip(1).Except(ignored).ToArray();
        var evidence = ReferenceEvidence.Of(lines[0].Cells, records, mapping);
        var rows = records
            .Select((line, i) => ReferenceReading.Read(i + 1, line, lines[0].Cells, mapping, evidence.Separator, accounts, resolutions))
            .ToArray();

        var history = mapping.Integration.AllowMultipleRowsPerCustomer;
        var given = rows.SelectMany(row => row.Values)
            .GroupBy(value => (value.Account, Product: value.Product.Id.Value))
            .SelectMany(values => history ? values : values.Where(value => value.Date == values.Max(other => other.Date)));

        var tookPart = new HashSet<long>();
        var snapshots = new Dictionary<(string, string, DateOnly), ReferenceSnapshot>();
        foreach (var snapshot in given.GroupBy(value => (value.Account, value.Product.Id.Value, value.Date)))
        {
            var merged = new Dictionary<string, object>();
            var sources = new List<GivenValue>();
            foreach (var same in snapshot.GroupBy(value => value.Dimension.Id.Value))
            {
                var inOrder = same.OrderBy(value => value.CellDate).ThenBy(value => value.Row).ToArray();
                var (value, from) = Merge(history ? inOrder[0].Dimension.Aggregate : Aggregate.Last, inOrder);
                merged.Add(same.Key, value);
                sources.AddRange(from);
            }

            tookPart.UnionWith(sources.Select(source => source.Row));
            var last = sources.OrderBy(source => source.CellDate).ThenBy(source => source.Row).Last();
            snapshots.Add(snapshot.Key, new ReferenceSnapshot(merged, last.Row));
        }

        var outcomes = rows.Select(row => new ReferenceRow(row.Row, Outcome(row, tookPart), row.Account, row.Findings)).ToArray();
        var error = Refusal(mapping.Integration.OnError, outcomes, snapshots.Count);
        var rejected = outcomes.Any(IsRejected);
        return new ReferenceResult
        {
            Undecided = records.Any(line => line.IsOpen) ? IssueCode.UnclosedQuote : evidence.Code,
            Assumed = evidence.Assumed,
            Snapshots = snapshots,
            Rows = outcomes,
            PassedOver = history ? 0 : outcomes.Count(row => row.Outcome == RowOutcome.Partial && !tookPart.Contains(row.Row)),
            Incomplete = history ? [.. Incomplete(rows, mapping, snapshots)] : [],
            Matched = [.. mapping.Integration.Match.Select((_, rule) => rows.LongCount(row => row.Rule == rule))],
            Ignored = [.. ignored.Select(line => line.Number)],
            IgnoredMetrics = [.. ReferenceShapes.Ignored(lines[0].Cells, records, mapping)],
            ErrorCode = error,
            Status = error is not null ? RunStatus.Failed : rejected ? RunStatus.PartiallySucceeded : RunStatus.Succeeded,
        };
    }

    private static IEnumerable<ReferenceIncomplete> Incomplete(
        ReadRow[] rows, ImportMapping mapping, Dictionary<(string Account, string Product, DateOnly Date), ReferenceSnapshot> snapshots)
    {
        var refused = rows.SelectMany(row => row.Refused).ToArray();
        return from snapshot in snapshots
               from dimension in mapping.Products.Single(product => product.Id.Value == snapshot.Key.Product).Dimensions
               where dimension.Aggregate is Aggregate.Sum or Aggregate.Average or Aggregate.Count
               where snapshot.Value.Values.ContainsKey(dimension.Id.Value)
               let lacked = refused.Where(cell => cell.Account == snapshot.Key.Account && cell.Product == snapshot.Key.Product
                   && (cell.Dimension is null || (cell.Dimension == dimension.Id.Value && cell.Date == snapshot.Key.Date))).ToArray()
               where lacked.Length > 0
               select new ReferenceIncomplete(
                   snapshot.Key.Account, snapshot.Key.Date, dimension.Id.Value, lacked.Min(cell => cell.Row), lacked.Length);
    }

    private static (object Value, IEnumerable<GivenValue> From) Merge(Aggregate aggregate, GivenValue[] inOrder) => aggregate switch
    {
        Aggregate.Last => (inOrder[^1].Value, [inOrder[^1]]),
        Aggregate.First => (inOrder[0].Value, [inOrder[0]]),
        Aggregate.Sum or Aggregate.Count => (inOrder.Sum(value => (double)value.Value), inOrder),
        Aggregate.Average => (inOrder.Average(value => (double)value.Value), inOrder),
        Aggregate.Min => (inOrder.Min(value => (double)value.Value), inOrder),
        _ => (inOrder.Max(value => (double)value.Value), inOrder),
    };

    private static RowOutcome Outcome(ReadRow row, HashSet<long> tookPart)
    {
        if (row.Rejected is { } outcome) return outcome;
        if (row.Findings.Count > 0) return row.Values.Count == 0 ? RowOutcome.Invalid : RowOutcome.Partial;
        if (row.Values.Count == 0) return RowOutcome.Empty;
        return tookPart.Contains(row.Row) ? RowOutcome.Recorded : RowOutcome.Superseded;
    }

    private static bool IsRejected(ReferenceRow row) =>
        row.Outcome is RowOutcome.Partial or RowOutcome.Unmatched or RowOutcome.Ambiguous or RowOutcome.Invalid;

    private static string? Refusal(ErrorPolicy policy, ReferenceRow[] rows, int snapshots)
    {
        var rejected = rows.Count(IsRejected);
        if (policy.Mode == ErrorMode.Abort && rejected > 0) return IssueCode.Aborted;
        if (policy.MaxErrors is { } most && rejected > most) return IssueCode.TooManyErrors;
        if (policy.MaxErrorPercent is { } percent && rejected > percent / 100 * rows.Length) return IssueCode.TooManyErrors;
        return rejected > 0 && snapshots == 0 ? IssueCode.NothingRecorded : null;
    }
}
