using Usage.Core.Integrations;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Runs;

/// <summary>What is only known when all rows have their outcome, and is worth a warning.</summary>
public static class RunWarnings
{
    /// <param name="integration">The file's.</param>
    /// <param name="rows">Superseded by other rows of the same file.</param>
    /// <param name="partial">With a bad cell, and others of the file gave what is kept of all their values.</param>
    /// <returns>Null when there are none, or history is on and the dimensions' own aggregates superseded them. Its number is that of the
    /// superseded rows; where all that gave nothing are partial, theirs.</returns>
    public static RunIssue? Superseded(Integration integration, long rows, long partial)
    {
        if (integration.AllowMultipleRowsPerCustomer || rows + partial <= 0) return null;
        var superseded = $"{Rows(rows)} {Were(rows)} superseded by others of the same account";
        var lost = $"nothing is kept of {Rows(partial)} with a bad cell";
        var found = (rows, partial) switch
        {
            (0, _) => $"{lost}, since others of the same account stand",
            (_, 0) => superseded,
            _ => $"{superseded}, and {lost}",
        };
        var message = $"{found}: only the latest date of an account and product is kept, and the last value of each cell; set the "
            + "integration's allowMultipleRowsPerCustomer to true to keep every date";
        return new RunIssue
        {
            Code = IssueCode.RowsSuperseded,
            Severity = Severity.Warning,
            Count = rows > 0 ? rows : partial,
            Samples = [new IssueSample(null, null, null, message)],
        };
    }

    private static string Rows(long count) => count == 1 ? "1 row" : Invariant($"{count:N0} rows");

    private static string Were(long count) => count == 1 ? "was" : "were";
}
