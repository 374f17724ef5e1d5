using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Tests.Imports;

/// <summary>Whole imports, from the drop to the stored value.</summary>
public sealed class ImportTests(ImportHost host)
{
    private const string Small = "acme,2026-03-01,3\nglobex,2026-03-01,4\n";
    private const string Large =
        "acme,2026-03-01,1\nglobex,2026-03-01,2\nacme,2026-03-02,3\nglobex,2026-03-02,4\nnobody,2026-03-02,5\nacme,2026-03-03,6\n";

    /// <summary>What explains and undoes a run, by name: its log, the copy of its file, and how that was read.</summary>
    private static readonly string[] Kept = ["changes/0", "changes/index.json", "file", "mapping.json", "plan.json"];

    [Fact]
    public async Task A_small_file_is_recorded()
    {
        var integration = await host.AddIntegrationAsync();

        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Small));

        Assert.Equal((RunStatus.Succeeded, 2L, 2L, RunStage.Done), (run.Status, run.Rows.Recorded, run.Snapshots, run.Progress.Stage));
        Assert.Equal(["acme 2026-03-01 3", "globex 2026-03-01 4"], await host.StoredAsync(integration));
        Assert.Equal([.. Kept, "rows/0", "rows/index.json"], await host.LeftAsync(run.Id));
    }

    [Fact]
    public async Task A_large_file_is_recorded_and_leaves_the_rows_to_mend()
    {
        var integration = await host.AddIntegrationAsync();

        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Large));

        Assert.Equal((RunStatus.PartiallySucceeded, 5L, 1L, 3), (run.Status, run.Rows.Recorded, run.Rows.Unmatched, run.Dates.Count));
        Assert.Equal(
            ["acme 2026-03-01 1", "acme 2026-03-02 3", "acme 2026-03-03 6", "globex 2026-03-01 2", "globex 2026-03-02 4"],
            await host.StoredAsync(integration));
        Assert.Equal([.. Kept, "rejected.csv", "rows/0", "rows/1", "rows/index.json", "unmatched"], await host.LeftAsync(run.Id));
    }

    [Fact]
    public async Task Numbers_whose_sum_is_past_the_largest_one_are_recorded_and_their_date_can_be_written_again()
    {
        var integration = await host.AddIntegrationAsync();

        const string Both = "acme,2026-03-01,1e308\nglobex,2026-03-01,1e308\n";
        var first = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Both));
        var next = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1.2e308\n"));

        Assert.Equal((RunStatus.Succeeded, 2L), (first.Status, first.Snapshots));
        Assert.Equal((RunStatus.Succeeded, 1L), (next.Status, next.Snapshots));
        var points = host.Get<ReportPointStore>().ListAsync(new(integration.Id.Value), new("seats"), null, null, default);
        var point = await points.SingleAsync();
        Assert.Equal((2, double.MaxValue, 1.1e308), (point.Accounts, point.Sum, point.Average));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData("acme,2026-03-01,1\nglobex,2026-03-01,2\nacme,2026-03-02,3\nglobex,2026-03-02,4\n")]
    public async Task The_same_file_again_is_a_duplicate_unless_it_is_forced(string rows)
    {
        var integration = await host.AddIntegrationAsync();
        var first = await host.ImportAsync(await host.DropAsync(integration.Id.Value, rows));

        var again = await host.ImportAsync(await host.DropAsync(integration.Id.Value, rows));
        var forced = await host.ImportAsync(await host.DropAsync(integration.Id.Value, rows, force: true));

        Assert.Equal((RunStatus.Duplicate, first.Id, 0L), (again.Status, again.DuplicateOf, again.Snapshots));
        Assert.Equal((RunStatus.Succeeded, first.Snapshots), (forced.Status, forced.Snapshots));
    }

    [Theory]
    [InlineData(Small + "nobody,2026-03-01,5\n")]
    [InlineData(Large)]
    public async Task A_file_that_its_policy_refuses_records_nothing(string rows)
    {
        var integration = await host.AddIntegrationAsync(new ErrorPolicy { Mode = ErrorMode.Abort });

        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, rows));

        Assert.Equal((RunStatus.Failed, IssueCode.Aborted, 1L), (run.Status, run.Error!.Code, run.Rows.Unmatched));
        Assert.Empty(await host.StoredAsync(integration));
        Assert.Equal(
            ["file", "mapping.json", "plan.json", "rejected.csv", "rows/0", "rows/index.json", "unmatched"],
            (await host.LeftAsync(run.Id)).Where(name => name != "rows/1"));
    }

    [Theory]
    [InlineData("no-such-integration", "october.csv", IssueCode.UnknownIntegration)]
    [InlineData(null, "october.csv", IssueCode.IntegrationNotReady)]
    public async Task A_file_that_cannot_be_read_fails_at_its_admission(string? folder, string name, string code)
    {
        folder ??= (await host.AddIntegrationAsync()).Id.Value;
        if (code == IssueCode.IntegrationNotReady) await host.RemoveProductAsync(folder);

        var run = await host.ImportAsync(await host.DropAsync(folder, Small, name));

        Assert.Equal((RunStatus.Failed, code, 0L), (run.Status, run.Error!.Code, run.Rows.Read));
        // The copy of a file that an integration could read, were it mended, stays: it can be imported again.
        Assert.Equal(code == IssueCode.IntegrationNotReady ? ["file"] : [], await host.LeftAsync(run.Id));
    }

    [Theory]
    [InlineData("october.pdf", "%PDF-1.7\n")]
    [InlineData("october.csv", "{\"rows\": []}")]
    [InlineData("october", "<html><body>Sign in</body></html>")]
    public async Task A_file_that_is_no_csv_is_a_failed_run_that_says_what_it_is(string name, string content)
    {
        var integration = await host.AddIntegrationAsync();

        var run = await host.ImportAsync(
            await host.DropBytesAsync(integration.Id.Value, System.Text.Encoding.UTF8.GetBytes(content), name));

        Assert.Equal((RunStatus.Failed, IssueCode.NotACsv, 0L), (run.Status, run.Error!.Code, run.Rows.Read));
        Assert.Equal(["file", "mapping.json"], await host.LeftAsync(run.Id));
    }

    [Fact]
    public async Task A_file_that_is_replaced_before_it_is_read_records_nothing()
    {
        var integration = await host.AddIntegrationAsync();
        var replaced = await host.DropAsync(integration.Id.Value, Small);
        var drop = await host.DropAsync(integration.Id.Value, Large);

        var run = await host.ImportAsync(replaced);
        await host.ImportAsync(drop);

        Assert.Equal((RunStatus.Failed, IssueCode.FileReplaced, 0L), (run.Status, run.Error!.Code, run.Snapshots));
        Assert.DoesNotContain("acme 2026-03-01 3", await host.StoredAsync(integration));
    }

    [Fact]
    public async Task A_drop_that_is_announced_twice_has_one_run()
    {
        var integration = await host.AddIntegrationAsync();
        var drop = await host.DropAsync(integration.Id.Value, Small);

        var first = await host.ImportAsync(drop);
        await host.Get<RunScheduler>().ScheduleAsync(host.Client, RunStart.Of(drop), default);

        Assert.Equal(first.CompletedAt, (await host.EndOfAsync(drop.RunId)).CompletedAt);
    }
}
