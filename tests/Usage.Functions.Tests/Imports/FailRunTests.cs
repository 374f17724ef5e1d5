using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Functions.Imports.Ending;
using Usage.Storage.Tables;

namespace Usage.Functions.Tests.Imports;

public sealed class FailRunTests
{
    [Fact]
    public void What_the_tables_do_not_take_is_told_with_what_was_found_and_the_limit()
    {
        var refused = new TableLimitException("snapshots", "0|p|2026-10-01|0", "acme", "1,088,496 bytes", "at most 1,048,576");
        var cause = new TaskFailureDetails(refused.GetType().FullName!, refused.Message, null, null, null);

        var error = Told(new TaskFailureDetails("Microsoft.DurableTask.TaskFailedException", "a task failed", null, cause, null));

        Assert.Equal(
            "The file makes something that Table Storage doesn't take: table snapshots, entity \"0|p|2026-10-01|0\" / \"acme\": "
            + "found 1,088,496 bytes, expected at most 1,048,576.",
            error.Message);
        Assert.Equal(IssueCode.ImportFailed, error.Code);
    }

    [Fact]
    public void Any_other_failure_points_to_the_log() => Assert.StartsWith(
        "The file could not be processed: a step failed again and again, for a reason that isn't in the file.",
        Told(new TaskFailureDetails("System.IO.IOException", "gone", null, null, null)).Message, StringComparison.Ordinal);

    private static RunError Told(TaskFailureDetails details) =>
        FailRun.Input.Of(new RunId("20260101T000000-000000000001"), new TaskFailedException("ReadBatch", 1, details)).Error;
}
