using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;

namespace Usage.Functions.Erasing.Kept;

/// <summary>The record of a run as if some rows had never been in its file. How it ended stays, and why.</summary>
/// <param name="read">The other rows, read again.</param>
internal sealed class RunWithout(ReadFile file, BatchTotals read, ErasedRows gone)
{
    /// <param name="recorded">The accepted rows that were recorded; null: all of them were.</param>
    /// <param name="newer">Rows that are below what later runs wrote.</param>
    public Run Of(Run run, RowSet? recorded, IReadOnlyList<NewerRows> newer)
    {
        var counted = recorded is null ? read.Accepted : CountLeft(recorded);
        var rows = read.Rows with { Recorded = counted, Superseded = read.Accepted - counted };
        return run with
        {
            Rows = rows,
            Matched = [.. run.Matched.Select((rule, place) => rule with { Rows = read.Matched.ElementAtOrDefault(place) })],
            Issues = Issues(run, rows, newer),
        };
    }

    private IReadOnlyList<RunIssue> Issues(Run run, RowCounts rows, IReadOnlyList<NewerRows> newer)
    {
        var issues = new IssueLog(read.Issues);
        // Errors are what reading finds; warnings come of the whole file, or of what was written.
        foreach (var warning in run.Issues.Where(issue => issue.Severity == Severity.Warning && issue.Code != IssueCode.RowsSuperseded))
        {
            var samples = warning.Samples.Where(sample => sample.Row is not { } row || !gone.Has(row)).ToList();
            var count = warning.Code == IssueCode.NewerValue
                ? CountLeft(Below(newer)) : warning.Count - (warning.Samples.Count - samples.Count);
            if (count > 0) issues.Merge([warning with { Count = count, Samples = samples }]);
        }

        if (run.Issues.FirstOrDefault(issue => issue.Code == IssueCode.RowsSuperseded) is { } told
            && Superseded(told, rows, newer) is { } superseded) issues.Merge([superseded]);
        return issues.ToIssues();
    }

    /// <summary>
    /// Which partial rows gave nothing isn't kept: there are no more of them than were told, and than partial rows are left.
    /// </summary>
    private RunIssue? Superseded(RunIssue told, RowCounts rows, IReadOnlyList<NewerRows> newer)
    {
        var passedOver = rows.Superseded - CountLeft(Below(newer));
        return RunWarnings.Superseded(
            file.Mapping.Integration, passedOver, passedOver > 0 ? 0 : Math.Min(told.Count, read.Rows.Partial));
    }

    private RowSet Below(IReadOnlyList<NewerRows> newer)
    {
        var below = new RowSet(file.Plan.Rows);
        foreach (var one in newer) below.Add(one.Rows);
        return below;
    }

    private long CountLeft(RowSet set) => set.CountIn(1, file.Plan.Rows) - gone.Numbers.LongCount(set.Has);
}
