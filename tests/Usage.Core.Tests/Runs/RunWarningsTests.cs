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
        var issue = RunWarnings.Superseded(LatestOnly, rows: 1500, partial: 0)!;
        Assert.Equal(("rows-superseded", Severity.Warning, 1500L), (issue.Code, issue.Severity, issue.Count));
        Assert.Equal(
            "1,500 rows were superseded by others of the same account: only the latest date of an account and product is kept, and the "
                + "last value of each cell; set the integration's allowMultipleRowsPerCustomer to true to keep every date",
            Assert.Single(issue.Samples).Message);
    }

    [Theory]
    [InlineData(3, 1, 3, "3 rows were superseded by others of the same account, and nothing is kept of 1 row with a bad cell: only ")]
    [InlineData(0, 2, 2, "nothing is kept of 2 rows with a bad cell, since others of the same account stand: only the latest date ")]
    public void Partial_rows_of_which_nothing_is_kept_are_told_too(long rows, long partial, long count, string message)
    {
        var issue = RunWarnings.Superseded(LatestOnly, rows, partial)!;
        Assert.Equal(count, issue.Count);
        Assert.StartsWith(message, Assert.Single(issue.Samples).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_with_history_or_where_no_row_was_superseded()
    {
        Assert.Null(RunWarnings.Superseded(Drafts.Good, rows: 1, partial: 1));
        Assert.Null(RunWarnings.Superseded(LatestOnly, rows: 0, partial: 0));
    }
}
