using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;

namespace Usage.Core.Tests.Runs;

public sealed class RunDecisionTests
{
    private static readonly RowCounts Some = new() { Read = 1000, Partial = 1, Unmatched = 4, Invalid = 2 };

    [Fact]
    public void Bad_rows_alone_refuse_nothing()
    {
        Assert.Null(RunDecision.Refusal(new ErrorPolicy(), Some, anyValueAccepted: true));
        Assert.Equal(RunStatus.PartiallySucceeded, RunDecision.Status(Some));
    }

    [Fact]
    public void A_file_without_rows_succeeds()
    {
        Assert.Null(RunDecision.Refusal(
            new ErrorPolicy { Mode = ErrorMode.Abort, MaxErrors = 0, MaxErrorPercent = 0 }, new RowCounts(), anyValueAccepted: false));
        Assert.Equal(RunStatus.Succeeded, RunDecision.Status(new RowCounts()));
    }

    [Fact]
    public void Rows_that_are_empty_only_succeed() =>
        Assert.Null(RunDecision.Refusal(
            new ErrorPolicy { Mode = ErrorMode.Abort }, new RowCounts { Read = 2, Empty = 2 }, anyValueAccepted: false));

    [Fact]
    public void Abort_allows_no_bad_row() => Assert.Equal(
        new RunError(
            "aborted",
            "found 1 partial, 4 unmatched and 2 invalid rows, allowed none (onError.mode is \"abort\"). Nothing was recorded. Mend the "
                + "rows in rejected.csv and drop that file, or allow more in the integration's onError."),
        RunDecision.Refusal(new ErrorPolicy { Mode = ErrorMode.Abort }, Some, anyValueAccepted: true));

    [Fact]
    public void As_many_as_allowed_is_allowed() =>
        Assert.Null(RunDecision.Refusal(new ErrorPolicy { MaxErrors = 7, MaxErrorPercent = 0.7 }, Some, anyValueAccepted: true));

    [Fact]
    public void One_more_than_allowed_is_too_many() => Assert.Equal(
        new RunError("too-many-errors",
            "found 1 partial, 4 unmatched and 2 invalid rows, allowed at most 6 (onError.maxErrors). Nothing was recorded. Mend the rows "
                + "in rejected.csv and drop that file, or allow more in the integration's onError."),
        RunDecision.Refusal(new ErrorPolicy { MaxErrors = 6 }, Some, anyValueAccepted: true));

    [Fact]
    public void A_greater_share_than_allowed_is_too_many() => Assert.Equal(
        new RunError("too-many-errors",
            "found 1 ambiguous row, 0.05 % of 2,000 rows, allowed at most 0.01 % (onError.maxErrorPercent). Nothing was recorded. Mend the "
                + "rows in rejected.csv and drop that file, or allow more in the integration's onError."),
        RunDecision.Refusal(new ErrorPolicy { MaxErrorPercent = 0.01 }, new RowCounts { Read = 2000, Ambiguous = 1 },
            anyValueAccepted: true));

    [Fact]
    public void Bad_rows_and_nothing_to_record_is_a_failure() => Assert.Equal(
        new RunError("nothing-recorded",
            "found 3 unmatched rows and no row with a value to record, expected at least one. Mend the rows in rejected.csv and drop that "
                + "file, or correct the integration's mapping."),
        RunDecision.Refusal(new ErrorPolicy(), new RowCounts { Read = 3, Unmatched = 3 }, anyValueAccepted: false));

    [Fact]
    public void Counts_that_dont_add_up_are_a_failure()
    {
        Assert.Null(RunDecision.DontAddUp(new RowCounts { Read = 3, Recorded = 1, Superseded = 1, Empty = 1 }));
        Assert.Equal("counts-differ", RunDecision.DontAddUp(new RowCounts { Read = 3, Recorded = 1, Superseded = 1 })?.Code);
        Assert.Equal("counts-differ", RunDecision.DontAddUp(new RowCounts { Read = 3, Recorded = 4, Superseded = -1 })?.Code);
    }
}
