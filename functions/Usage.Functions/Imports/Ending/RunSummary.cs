using System.Globalization;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports.Ending;

/// <summary>The record of a run that went its whole way.</summary>
public static class RunSummary
{
    public const string NothingWritten = "Nothing had been written.";

    /// <param name="failure">Why the run has failed while it wrote; null: it hasn't.</param>
    public static Run Of(Run run, RunFacts facts, RunError? failure)
    {
        var rows = facts.Totals.Close(facts.Tally);
        var error = failure is null ? RunDecision.DontAddUp(rows) ?? facts.Decision.Error : Told(failure, facts.Written.Snapshots);
        var made = facts.Decision.Mode switch
        {
            WriteMode.Write => facts.Written,
            // A test run that a policy refuses is compared too, for its preview, but would record nothing.
            WriteMode.Compare when facts.Decision.Error is null => facts.Tally,
            _ => new MergeTally(),
        };
        var columns = new ColumnMap(facts.Planned.Plan);
        return run with
        {
            Status = error is not null ? RunStatus.Failed
                : facts.Decision.DuplicateOf is not null ? RunStatus.Duplicate
                : facts.Cancelled ? RunStatus.Cancelled
                : RunDecision.Status(rows),
            Error = error,
            DuplicateOf = facts.Decision.DuplicateOf,
            // Of a fix that came as a file, that file's.
            Sha256 = run.Sha256 ?? facts.Planned.Plan.Sha256,
            Rows = rows,
            Matched = [.. facts.Mapping.Integration.Match.Select((rule, i) =>
                new RuleMatches(rule.By, columns.NameOf(rule.Column), facts.Totals.Matched.ElementAtOrDefault(i)))],
            Snapshots = made.Snapshots,
            Values = made.Values,
            // As for its values: what is refused would change nothing.
            Changes = facts.Decision.Error is null ? facts.Changes : ChangeCounts.None,
            Dates = [.. made.Dates.Select(date =>
                new RunDate(date.Product, date.Date, date.Snapshots, Why(facts.Mapping, columns, date.Product)))],
            Issues = Issues(facts),
            Ignored = facts.Planned.Plan.Ignored,
        };
    }

    private static IReadOnlyList<RunIssue> Issues(RunFacts facts)
    {
        var issues = new IssueLog(facts.Totals.Issues);
        if (facts.Decision.Error is null) issues.Merge(facts.Warnings);
        var passedOver = facts.Totals.Accepted - facts.Tally.TookPart;
        if (RunWarnings.Superseded(facts.Mapping.Integration, passedOver, facts.Tally.PassedOver) is { } superseded)
            issues.Merge([superseded]);
        return issues.ToIssues();
    }

    private static RunError Told(RunError failure, long written) => failure with
    {
        Message = written == 0
            ? $"{failure.Message} {NothingWritten}"
            : $"{failure.Message} {Snapshots(written)} had been written before, and stay.",
    };

    private static string Snapshots(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "snapshot" : "snapshots")}");

    private static string Why(ImportMapping mapping, ColumnMap columns, ProductId id)
    {
        var product = mapping.Products.First(product => product.Id == id);
        return product.Wide is { } wide
            ? SnapshotDates.WhyHeader(product.Period, wide.Header)
            : product.DateColumn is { } column
            ? SnapshotDates.WhyColumn(product.Period, columns.NameOf(column))
            : mapping.FileDate is { } file
            ? SnapshotDates.WhyFile(product.Period, file.Date, file.Given)
            : SnapshotDates.WhyAutomatic(product.Period, mapping.ArrivalDate, mapping.TimeZone);
    }
}
