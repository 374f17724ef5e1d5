using System.Globalization;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Tests.Reference;

namespace Usage.Core.Tests.Snapshots;

/// <summary>Holds what the engine says to what the reference says.</summary>
internal static class EngineAnswer
{
    public static void Check(ReferenceResult expected, EngineResult actual)
    {
        Assert.Equal(expected.Undecided, actual.Undecided);
        if (expected.Undecided is not null) return;
        Assert.Equal(
            expected.Assumed, actual.Warnings.Where(issue => issue.Code == IssueCode.DecimalSeparatorAssumed).Sum(issue => issue.Count));
        CheckSnapshots(expected, actual);
        CheckRows(expected, actual);
        CheckIssues(expected, actual);
        CheckRejected(expected, actual);
        CheckIncomplete(expected, actual);
        Assert.Equal(expected.Matched, expected.Matched.Select((_, rule) => actual.Totals.Matched.ElementAtOrDefault(rule)));
        CheckIgnored(expected, actual);
        Assert.Equal(expected.PassedOver, actual.Tally.PassedOver);

        var refusal = RunDecision.Refusal(actual.Mapping.Integration.OnError, actual.Totals.Rows, actual.Totals.Entries > 0);
        Assert.Equal(expected.ErrorCode, refusal?.Code);
        Assert.Equal(expected.Status, refusal is not null ? RunStatus.Failed : RunDecision.Status(actual.Totals.Close(actual.Tally)));
    }

    /// <summary>Every stored value and the row of its snapshot.</summary>
    public static IReadOnlyDictionary<(string Account, string Product, DateOnly Date, string Dimension),
    (object Value, long Row)> Values(EngineResult result) =>
        (from stored in result.Groups
         let product = result.Mapping.Products[stored.Product]
         from snapshot in stored.Snapshots
         from dimension in Enumerable.Range(0, product.Dimensions.Count)
         let value = snapshot.Cleared.Contains(dimension) ? ReferenceCells.Cleared : snapshot.Values.Span[dimension]?.ToObject()
         where value is not null
         select ((result.Accounts[snapshot.Account].Id.Value, product.Id.Value, stored.Date, product.Dimensions[dimension].Id.Value),
             (value, snapshot.Row)))
        .ToDictionary();

    private static void CheckIgnored(ReferenceResult expected, EngineResult actual)
    {
        var metrics = actual.Ignored.Where(ignored => ignored.Why.StartsWith("metric \"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            expected.IgnoredMetrics.Order(),
            metrics.Select(ignored => (ignored.Why.Split('"')[1].ToLowerInvariant(), ignored.Count)).Order());
        Assert.All(metrics, ignored => Assert.Single(ignored.Samples));

        var rows = actual.Ignored.Except(metrics).ToArray();
        Assert.Equal(expected.Ignored.Count, rows.Sum(ignored => ignored.Count));
        // The first of each reason are shown.
        var lines = rows.SelectMany(ignored => ignored.Samples).Select(sample => (int)sample.Line);
        Assert.Empty(lines.Except(expected.Ignored));
        Assert.All(rows, ignored => Assert.Equal(Math.Min(ignored.Count, 10), ignored.Samples.Count));
    }

    private static void CheckSnapshots(ReferenceResult expected, EngineResult actual)
    {
        var wanted = (from snapshot in expected.Snapshots
                      from value in snapshot.Value.Values
                      select ((snapshot.Key.Account, snapshot.Key.Product, snapshot.Key.Date, value.Key),
                          (value.Value, snapshot.Value.Row))).ToDictionary();
        var values = Values(actual);
        Assert.Equal(wanted.Keys.Order(), values.Keys.Order());
        Assert.All(wanted, pair =>
        {
            var (value, row) = values[pair.Key];
            Assert.Equal(pair.Value.Row, row);
            // Sums round differently in a plain loop.
            if (pair.Value.Value is double number) Assert.Equal(number, Assert.IsType<double>(value), Math.Abs(number) * 1e-12 + 1e-9);
            else Assert.Equal(pair.Value.Value, value);
        });
        Assert.Equal(expected.Snapshots.Count, actual.Tally.Snapshots);
        Assert.Equal(wanted.Count, actual.Tally.Values);
        Assert.Equal(
            expected.Snapshots.GroupBy(snapshot => (snapshot.Key.Product, snapshot.Key.Date))
                .Select(date => (date.Key, date.LongCount())).Order(),
            actual.Tally.Dates.Select(date => ((date.Product.Value, date.Date), date.Snapshots)).Order());
    }

    private static void CheckRows(ReferenceResult expected, EngineResult actual)
    {
        var counts = actual.Totals.Close(actual.Tally);
        Assert.Equal(expected.Counts, counts);
        Assert.Null(RunDecision.DontAddUp(counts));
        var parts = actual.Groups.SelectMany(stored => RowPreview.Parts(actual.Mapping, stored, (_, _) => null));
        var preview = RowPreview.Join(actual.Mapping, actual.Totals.Preview, parts);
        Assert.Equal(
            expected.Rows.Take(PreviewRow.MaxRows).Select(row => (row.Row, row.Outcome, row.Account)),
            preview.Select(row => (row.Row, row.Outcome, row.Account?.Id.Value)));
        Assert.Equal(
            expected.Rows.Take(PreviewRow.MaxRows)
                .SelectMany(row => row.Findings.Select(finding => (row.Row, finding.Code, finding.Column))),
            preview.SelectMany(row => row.Issues.Select(issue => (row.Row, issue.Code, issue.Column))));
    }

    private static void CheckIssues(ReferenceResult expected, EngineResult actual)
    {
        var findings = expected.Rows.SelectMany(row => row.Findings.Select(finding => (finding.Code, row.Row, finding.Column))).ToArray();
        Assert.Equal(
            findings.GroupBy(finding => finding.Code).Select(code => (code.Key, code.LongCount())).Order(),
            actual.Totals.Issues.Select(issue => (issue.Code, issue.Count)).Order());
        Assert.All(actual.Totals.Issues, issue => Assert.Equal(
            findings.Where(finding => finding.Code == issue.Code).Take(RunIssue.MaxSamples)
                .Select(finding => ((long?)finding.Row, finding.Column)),
            issue.Samples.Select(sample => (sample.Row, sample.Column))));
        Assert.Equal(
            expected.Rows.LongCount(row => row.Outcome is RowOutcome.Ambiguous
                || row.Findings.Any(finding => finding.Code == IssueCode.Unmatched)),
            actual.Waiting.Sum(key => key.Rows));
    }

    private static void CheckIncomplete(ReferenceResult expected, EngineResult actual)
    {
        Assert.Equal(
            expected.Incomplete.Select(total => $"{total}").Order(),
            actual.Groups
                .SelectMany(stored => stored.Incomplete.Select(total => new ReferenceIncomplete(
                    actual.Accounts[total.Account].Id.Value, stored.Date,
                    actual.Mapping.Products[stored.Product].Dimensions[total.Dimension].Id.Value, total.Row, (int)total.Rows)))
                .Select(total => $"{total}").Order());
        var log = new IssueLog();
        foreach (var stored in actual.Groups)
            IncompleteTotals.Count(log, actual.Mapping, stored, ordinal => actual.Accounts[ordinal].Id);
        Assert.Equal(expected.Incomplete.Count, log.ToIssues().Sum(issue => issue.Count));
        Assert.Equal(
            expected.Incomplete.Select(total => (long?)total.Row).Order().Take(RunIssue.MaxSamples),
            log.ToIssues().SelectMany(issue => issue.Samples).Select(sample => sample.Row));
    }

    private static void CheckRejected(ReferenceResult expected, EngineResult actual) => Assert.Equal(
        expected.Rows.Where(row => row.Findings.Count > 0)
            .Select(
                row => (row.Row.ToString(CultureInfo.InvariantCulture), row.Outcome.ToString().ToLowerInvariant(), row.Findings[0].Code)),
        ReferenceCsv.Read(actual.RejectedLines).Select(line => (line.Cells[^6], line.Cells[^5], line.Cells[^4])));
}
