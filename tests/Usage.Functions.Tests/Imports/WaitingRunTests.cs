using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Tests.Runs;
using Usage.Functions.Unmatched;
using Usage.Storage;
using Usage.Storage.Unmatched;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Imports;

/// <summary>Which rows wait for an account, and what is kept of them.</summary>
public sealed class WaitingRunTests(ImportHost host)
{
    private const MatchBy Id = MatchBy.AccountId;

    [Fact]
    public async Task All_identifiers_of_a_run_are_kept_with_rows_and_dates()
    {
        var integration = await host.AddIntegrationAsync();
        var rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"n{i % 20},2026-03-{i % 9 + 1:D2},1\n"));
        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, rows + "acme,2026-03-01,1\nN3,2026-04-01,5\n"));

        Assert.Equal(41, run.Rows.Unmatched);
        var three = (await OfKeyAsync(integration, " n3 ")).Single();
        Assert.Equal((run.Id, 3L), (three.Run, three.Key.Rows));
        Assert.Equal(["2026-03-04", "2026-03-06", "2026-04-01"], WaitingDetails.Dates(three.Key.PackedDates).Select(date => $"{date:O}"));
        Assert.Equal([new("day", "2026-03-04"), new("seats", "1")], WaitingDetails.Cells(three.Key.PackedContext));
        var listed = await ListAsync(integration);
        Assert.Equal(20, listed.Count);
        Assert.Equal(("n3", 3L, run.ArrivedAt), (listed[0].Text, listed[0].Rows, listed[0].FirstSeen));
    }

    [SlowFact]
    public async Task Rows_wait_run_by_run_even_where_a_later_run_finds_the_account()
    {
        var integration = await host.AddIntegrationAsync();
        var first = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "late,2026-03-01,1\nlate,2026-03-02,1\n", "1.csv"));
        var second = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1\nlate,2026-03-03,1\n", "2.csv"));
        var whole = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-05,1\n", "3.csv"));

        Assert.Equal([(first.Id, 2L), (second.Id, 1L)], (await OfKeyAsync(integration, "late")).Select(one => (one.Run, one.Key.Rows)));
        Assert.Equal(
            ("late", 3L, second.Id.Value), (await ListAsync(integration)).Select(key => (key.Text, key.Rows, key.LastRun)).Single());
        Assert.Equal(RunStatus.Succeeded, whole.Status);
    }

    [Theory]
    [InlineData(ErrorMode.Abort, null, IssueCode.Aborted)]
    [InlineData(ErrorMode.SkipCell, 0, IssueCode.TooManyErrors)]
    [InlineData(ErrorMode.SkipCell, null, IssueCode.NothingRecorded)]
    public async Task Rows_of_a_run_that_a_policy_refused_wait(ErrorMode mode, int? most, string code)
    {
        var integration = await host.AddIntegrationAsync(new ErrorPolicy { Mode = mode, MaxErrors = most });
        var known = code == IssueCode.NothingRecorded ? "" : "acme,2026-03-01,1\n";
        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, known + "nobody,2026-03-01,1\n"));
        Assert.Equal(code, run.Error?.Code);
        Assert.Equal(run.Id, (await OfKeyAsync(integration, "nobody")).Single().Run);
    }

    /// <summary>The first replay fails for the other one; nothing came of what it made known.</summary>
    [SlowTheory]
    [InlineData(ErrorMode.Abort, null)]
    [InlineData(ErrorMode.SkipCell, 0)]
    public async Task Refused_run_is_recorded_whole_once_all_its_identifiers_are_known(ErrorMode mode, int? most)
    {
        var integration = await host.AddIntegrationAsync(new ErrorPolicy { Mode = mode, MaxErrors = most });
        var run = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value, "first,2026-03-01,1\nsecond,2026-03-02,2\nacme,2026-03-03,3\n"));

        await SayAsync(integration, "first", "acme");
        var failed = await host.ReplayAsync(run.Id, "first", new AccountId("acme"));
        await SayAsync(integration, "second", "globex");
        var whole = await host.ReplayAsync(run.Id, "second", new AccountId("globex"));

        Assert.Equal(RunStatus.Failed, failed.Status);
        Assert.Equal((RunStatus.Succeeded, 3L), (whole.Status, whole.Rows.Recorded));
        Assert.Equal(
            ["acme 2026-03-01 1", "acme 2026-03-03 3", "globex 2026-03-02 2"], await host.StoredAsync(integration));
    }

    [Fact]
    public async Task Rows_of_an_older_form_of_the_table_are_passed_over()
    {
        var integration = await host.AddIntegrationAsync();
        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1\nnobody,2026-03-01,1\n"));
        await host.Get<UsageTables>().Unmatched.AddEntityAsync(new TableEntity(integration.Id.Value, "accountId|nobody"));

        Assert.Equal([run.Id], await host.Get<WaitingRuns>().ListAsync(integration.Id, default));
        Assert.Contains(integration.Id, await host.Get<WaitingRuns>().IntegrationsAsync(default));
        Assert.Equal("nobody", (await ListAsync(integration)).Single().Text);
    }

    [Fact]
    public async Task Rows_of_duplicates_wait_no_more_than_once()
    {
        var integration = await host.AddIntegrationAsync();
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1\n"));
        var again = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1\n", "again.csv"));
        Assert.Equal(RunStatus.Duplicate, again.Status);
        Assert.Empty(await host.Get<WaitingRuns>().ListAsync(integration.Id, default));
    }

    [Fact]
    public async Task Resolved_identifier_is_read_as_its_account_by_all_batches_and_by_later_spellings()
    {
        var integration = await host.AddIntegrationAsync();
        await SayAsync(integration, "Old-Acme", "acme");
        var drop = await host.DropAsync(
            integration.Id.Value, "old-acme,2026-03-01,7\n OLD-ACME ,2026-03-02,8\nother,2026-03-02,8\nold-acme,2026-03-03,9\n");
        await host.Get<AdmitFile>().RunAsync(new AdmitFile.Input(drop.RunId, drop), host.Client, default);
        var plan = await host.Get<PlanBatches>().RunAsync(new PlanBatches.Input(drop.RunId), default);
        Assert.True(plan.Batches > 1, $"{plan.Batches} batches");
        // What is said after the run got its turn is for later ones.
        await SayAsync(integration, "other", "globex");
        await SayAsync(integration, "old-acme", "globex");
        var run = await host.ImportAsync(drop);

        Assert.Equal((3L, 1L), (run.Rows.Recorded, run.Rows.Unmatched));
        Assert.Equal(["acme 2026-03-01 7", "acme 2026-03-02 8", "acme 2026-03-03 9"], await host.StoredAsync(integration));
    }

    [Fact]
    public async Task Run_that_was_reading_meanwhile_finds_what_was_said()
    {
        var integration = await host.AddIntegrationAsync();
        await SayAsync(integration, "before", "acme");
        var drop = await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1\nlate,2026-03-01,7\nbefore,2026-03-02,1\n");
        await host.Get<AdmitFile>().RunAsync(new AdmitFile.Input(drop.RunId, drop), host.Client, default);
        await host.Get<PlanBatches>().RunAsync(new PlanBatches.Input(drop.RunId), default);
        await SayAsync(integration, "LATE", "globex");
        await SayAsync(integration, "not there", "globex");
        var run = await host.ImportAsync(drop);

        var meanwhile = await host.Get<ResolvedMeanwhile>().MeanwhileAsync(run, default);
        Assert.Equal(["LATE"], meanwhile.Select(said => said.Key));
    }

    private Task<WriteResolution.Output> SayAsync(Integration integration, string key, string account) =>
        host.Get<WriteResolution>().RunAsync(
        new WriteResolution.Input(Said(integration, key, account), null), default);

    private static Resolution Said(Integration integration, string key, string account) => new()
    {
        Integration = integration.Id,
        By = Id,
        Key = key,
        Account = new AccountId(account),
        Author = "a test",
        At = DateTimeOffset.UtcNow,
    };

    private Task<IReadOnlyList<WaitingRuns.OfRun>> OfKeyAsync(Integration integration, string key) =>
        host.Get<WaitingRuns>().OfKeyAsync(integration.Id, Id, key, default);

    private async Task<IReadOnlyList<WaitingKey>> ListAsync(Integration integration)
    {
        var reader = host.Get<UnmatchedReader>();
        return await reader.ReadAsync(await reader.OpenAsync(integration.Id, default), null, whole: false, default)
            .Select(one => one.Key).ToListAsync();
    }
}
