using System.Text;
using Microsoft.AspNetCore.Mvc;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Functions.TestRuns;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Imports;

namespace Usage.Functions.Tests.TestRuns;

/// <summary>A test run goes an import's way, waits for no turn, and writes no snapshot.</summary>
public sealed class TestRunTests(ImportHost host)
{
    private const string Rows = "acme,2026-03-01,3\nglobex,2026-03-01,4\nglobex,2026-03-02,5\n";

    private static readonly FileOrigin Unsaid = new(null, null);

    [Theory]
    [InlineData("")]
    [InlineData("acme,2026-03-01,7\nacme,2026-03-02,7\nacme,2026-03-02,7\n")]
    public async Task What_an_import_would_do_is_compared_with_what_is_stored(string more)
    {
        var integration = await host.AddIntegrationAsync();
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,2\nglobex,2026-03-01,4\nglobex,2026-03-02,5\n"));
        var stored = await host.StoredAsync(integration);

        var run = await TryAsync(new Draft(integration, Saved: true), Rows + more);

        Assert.Equal((RunKind.Test, RunStatus.Succeeded, integration.Id), (run.Kind, run.Status, run.Integration));
        var result = await host.Get<RunFiles>().FindResultAsync(run.Id, default);
        Assert.Equal(new ChangeCounts(New: more == "" ? 0 : 1, Changed: 1, Unchanged: 2, Removed: 0), run.Changes);
        Assert.Equal(run.Rows.Read, result!.Preview.Count);
        Assert.Equal(stored, await host.StoredAsync(integration));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme,2026-03-03,1\nacme,2026-03-04,1\n")]
    public async Task A_refused_file_shows_what_its_rows_would_have_been_and_changes_nothing(string more)
    {
        var integration = await host.AddIntegrationAsync(new ErrorPolicy { Mode = ErrorMode.Abort });

        var run = await TryAsync(new Draft(integration, Saved: true), Rows + "acme,2026-03-02,x\nacme,2026-03-01,4\n" + more);

        Assert.Equal((RunStatus.Failed, "aborted", 0L, 0L), (run.Status, run.Error!.Code, run.Snapshots, run.Values));
        var result = await host.Get<RunFiles>().FindResultAsync(run.Id, default);
        Assert.Equal(ChangeCounts.None, run.Changes);
        Assert.Equal(
            [RowOutcome.Superseded, RowOutcome.Recorded, RowOutcome.Recorded, RowOutcome.Invalid, RowOutcome.Recorded],
            result!.Preview.Take(5).Select(row => row.Outcome));
        Assert.Equal(run.Rows.Recorded, result.Preview.LongCount(row => row.Outcome == RowOutcome.Recorded));
    }

    [Fact]
    public async Task A_draft_with_clear_tokens_shows_what_they_would_take_away()
    {
        var integration = await host.AddIntegrationAsync();
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, Rows));
        var draft = new Draft(integration with { File = new FileFormat { ClearTokens = ["(none)"] } }, Saved: false);

        var run = await TryAsync(draft, "acme,2026-03-01,(None)\nacme,2026-03-02,(none)\nglobex,2026-03-01,\nglobex,2026-03-02,6\n");

        Assert.Equal((RunStatus.Succeeded, 3L, 1L), (run.Status, run.Rows.Recorded, run.Rows.Empty));
        var result = await host.Get<RunFiles>().FindResultAsync(run.Id, default);
        Assert.Equal(new ChangeCounts(New: 0, Changed: 1, Unchanged: 1, Removed: 1), run.Changes);
        Assert.Equal(run.Values, run.Changes.Changed + run.Changes.Unchanged + run.Changes.Removed);
        var taken = Assert.Single(Assert.Single(result!.Preview[0].Snapshots).Values).Value;
        Assert.Equal((null, UsageValue.Of(3)), (taken.New, taken.Old));
    }

    [Theory]
    [InlineData("usage_2026-02.csv", null, null, "2026-02-01")]
    [InlineData("usage_2026-02.csv", "2026-03-05", null, "2026-03-05")]
    [InlineData("usage.csv", null, "file-date-missing", null)]
    [InlineData(null, null, "file-date-missing", null)]
    public async Task A_test_run_is_judged_by_the_name_and_date_that_it_is_given(string? name, string? date, string? code, string? expected)
    {
        var integration = await host.AddIntegrationAsync();
        var undated = integration with
        {
            Products = [integration.Products[0] with { DateColumn = null }],
            File = new FileFormat { FileDate = "yyyy-MM" },
        };

        var run = await TryAsync(new Draft(undated, Saved: false), "acme,,3\n", new FileOrigin(name, date));

        Assert.Equal(code, run.Error?.Code);
        Assert.Equal(expected, run.Dates.Select(made => $"{made.Date:yyyy-MM-dd}").SingleOrDefault());
    }

    [Fact]
    public async Task A_file_that_was_imported_before_would_be_a_duplicate()
    {
        var integration = await host.AddIntegrationAsync();
        var import = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Rows));

        var run = await TryAsync(new Draft(integration, Saved: true), Rows);

        Assert.Equal((RunStatus.Duplicate, import.Id, 0L), (run.Status, run.DuplicateOf, run.Snapshots));
        Assert.Equal((0L, ChangeCounts.None), (run.Values, run.Changes));
    }

    [Fact]
    public async Task A_draft_is_tried_with_a_file_that_is_there()
    {
        var integration = await host.AddIntegrationAsync();
        var drop = await host.DropAsync(integration.Id.Value, Rows);
        var draft = new Draft(integration with { Id = new IntegrationId("draft"), Version = 0 }, Saved: false);

        var run = await EndOfAsync(
            await host.Get<TestRunStarter>().StartBlobAsync(host.Client, draft, "local", drop.Path, Unsaid, default));

        Assert.Equal((RunStatus.Succeeded, null, 0), (run.Status, run.Integration, run.Version));
        Assert.Equal((drop.Path, drop.ArrivedAt), (run.Blob, run.ArrivedAt));
        Assert.Empty(await host.StoredAsync(integration));
    }

    [Fact]
    public async Task A_test_run_does_not_wait_for_imports_of_its_integration()
    {
        var integration = await host.AddIntegrationAsync();
        await host.QueueAsync(await host.DropAsync(integration.Id.Value, Rows), ImportHost.Asleep);

        Assert.Equal(RunStatus.Succeeded, (await TryAsync(new Draft(integration, Saved: true), Rows)).Status);
    }

    [Fact]
    public async Task A_draft_with_problems_has_no_run()
    {
        var draft = new Draft((await host.AddIntegrationAsync()) with { Match = [] }, Saved: false);

        var answer = await host.Get<TestRunStarter>()
            .StartContentAsync(host.Client, draft, "local", "upload.csv", Unsaid, Stream.Null, default);

        Assert.Equal(400, Assert.IsType<ProblemAnswer>(answer).Status);
    }

    private async Task<Run> TryAsync(Draft draft, string rows, FileOrigin? said = null)
    {
        var content = new MemoryStream(Encoding.UTF8.GetBytes(ImportHost.Header + rows));
        return await EndOfAsync(
            await host.Get<TestRunStarter>()
                .StartContentAsync(host.Client, draft, "local", "upload.csv", said ?? Unsaid, content, default));
    }

    private Task<Run> EndOfAsync(IActionResult answer) => host.EndOfAsync(Assert.IsType<JsonAnswer<RunReference>>(answer).Value.RunId);
}
