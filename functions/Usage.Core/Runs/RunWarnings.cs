using Usage.Core.Integrations;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Runs;

/// <summary>What is only known when all rows have their outcome, and is worth a warning.</summary>
public static class RunWarnings
{
    /// <returns>Null when no row was superseded, or history is on and the dimensions' own aggregates superseded them.</returns>
    public static RunIssue? Superseded(Integration integration, RowCounts rows)
    {
        if (integration.AllowMultipleRowsPerCustomer || rows.Superseded <= 0) return null;
        var found = rows.Superseded == 1 ? "1 row was superseded" : Invariant($"{rows.Superseded:N0} rows were superseded");
        var message = $"{found} by others of the same account: only the latest date of an account and product is kept, and the last value "
            + "of each cell; set the integration's allowMultipleRowsPerCustomer to true to keep every date";
        return new RunIssue
        {
            Code = IssueCode.RowsSuperseded,
            Severity = Severity.Warning,
            Count = rows.Superseded,
            Samples = [new IssueSample(null, null, null, message)],
        };
    }
}
