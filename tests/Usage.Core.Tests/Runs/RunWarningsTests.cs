using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Tests.Integrations;

namespace Usage.Core.Tests.Runs;

public sealed class RunWarningsTests
{
    private static readonly Integration LatestOnly = Drafts.Good with { AllowMultipleRowsPerCustomer = false };

    [Fact]
    public void Without_history_the_number_of_superseded_rows_is_told_with_the_setting_that_keeps_all()
    {
        var issue = RunWarnings.Superseded(LatestOnly, new RowCounts { Read = 2000, Recorded = 500, Superseded = 1500 })!;
        Assert.Equal(("rows-superseded", Severity.Warning, 1500L), (issue.Code, issue.Severity, issue.Count));
        Assert.Equal(
            "1,500 rows were superseded by others of the same account: only the latest date of an account and product is kept, and the "
                + "last value of each cell; set the integration's allowMultipleRowsPerCustomer to true to keep every date",
            Assert.Single(issue.Samples).Message);
    }

    [Fact]
    public void Nothing_is_told_with_history_or_where_no_row_was_superseded()
    {
        Assert.Null(RunWarnings.Superseded(Drafts.Good, new RowCounts { Read = 2, Recorded = 1, Superseded = 1 }));
        Assert.Null(RunWarnings.Superseded(LatestOnly, new RowCounts { Read = 2, Recorded = 1, Partial = 1 }));
    }
}
