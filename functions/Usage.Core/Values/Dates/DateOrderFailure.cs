using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Values.Dates;

/// <summary>Says which rows leave a column's order open, and what to do about it.</summary>
internal static class DateOrderFailure
{
    private const int Named = 3;

    public static DateOrderVerdict Undecided(string column, DateOrderEvidence cells)
    {
        var separator = cells.Samples[0].Separator;
        var message = $"column \"{column}\": {Rows(cells)} could be day-first or month-first, and no cell of the column proves which; "
            + "list the format in the integration's file.dateFormats, "
            + $"such as \"d{separator}M{separator}yyyy\" or \"M{separator}d{separator}yyyy\"";
        var samples = cells.Samples.Select(s => Sample(s, column,
            Invariant($"a date that is not {s.DayFirst:yyyy-MM-dd} in one order and {s.MonthFirst:yyyy-MM-dd} in the other")));
        return Fail(IssueCode.DateOrderUndecided, message, cells.Count, samples);
    }

    public static DateOrderVerdict Contradicted(string column, DateOrderEvidence dayFirst, DateOrderEvidence monthFirst)
    {
        var message = $"column \"{column}\": {Rows(dayFirst)} can only be day-first, {Rows(monthFirst)} only month-first; "
            + "write all dates in one order (2024-10-15 is always understood), "
            + "or list the one that is meant in the integration's file.dateFormats";
        var samples = dayFirst.Samples.Select(s => (s, Expected: "one order in the whole column; this is day-first"))
            .Concat(monthFirst.Samples.Select(s => (s, Expected: "one order in the whole column; this is month-first")))
            .OrderBy(p => p.s.Row)
            .Take(RunIssue.MaxSamples)
            .Select(p => Sample(p.s, column, p.Expected));
        return Fail(IssueCode.DateOrderContradicted, message, dayFirst.Count + monthFirst.Count, samples);
    }

    private static string Rows(DateOrderEvidence cells)
    {
        var named = string.Join(", ", cells.Samples.Take(Named).Select(s => Invariant($"row {s.Row} \"{s.Found}\"")));
        return cells.Count > Named ? Invariant($"{named} and {cells.Count - Named} more") : named;
    }

    private static DateOrderVerdict Fail(string code, string message, long count, IEnumerable<IssueSample> samples) => new()
    {
        Order = DateOrder.None,
        Error = new RunError(code, message),
        Issue = new RunIssue { Code = code, Severity = Severity.Error, Count = count, Samples = [.. samples] },
    };

    private static IssueSample Sample(DateOrderEvidence.Sample sample, string column, string expected) =>
        new(sample.Row, column, sample.Found, new CellProblem("", sample.Found, expected).Message(sample.Row, column));
}
