using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Upkeep;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Tests.Upkeep;

/// <summary>A storage of its own: a sweep sees to all files and runs that there are.</summary>
public sealed class SweepHost : ImportHost;

/// <summary>What was left lying is found and seen to.</summary>
public sealed class SweepTests(SweepHost host) : IClassFixture<SweepHost>
{
    private const string Rows = "acme,2026-03-01,3\n";

    [Fact]
    public async Task A_file_whose_event_was_lost_gets_its_run()
    {
        var drop = await DropAsync();

        await SweepAsync();

        Assert.Equal(RunStatus.Succeeded, (await host.EndOfAsync(drop.RunId)).Status);
    }

    [Fact]
    public async Task A_file_that_had_its_run_is_left_alone()
    {
        var drop = await DropAsync();
        var run = await host.ImportAsync(drop);

        await SweepAsync();

        Assert.Equal(run.CompletedAt, (await host.EndOfAsync(drop.RunId)).CompletedAt);
    }

    [Fact]
    public async Task A_run_that_was_never_started_is_started()
    {
        var drop = await DropAsync();
        await host.Runs.AddAsync(drop.ToQueuedRun(version: 1), RunSource.Of(drop), default);

        await SweepAsync();

        Assert.Equal(RunStatus.Succeeded, (await host.EndOfAsync(drop.RunId)).Status);
    }

    [Fact]
    public async Task A_run_whose_orchestration_is_dead_is_failed()
    {
        var drop = await DropAsync();
        await host.QueueAsync(drop, ImportHost.Defective);

        await SweepAsync();

        var run = await host.EndOfAsync(drop.RunId);
        Assert.Equal((RunStatus.Failed, IssueCode.ImportFailed), (run.Status, run.Error?.Code));
    }

    [Fact]
    public async Task A_run_that_goes_on_is_left_alone()
    {
        var drop = await DropAsync();
        await host.QueueAsync(drop, ImportHost.Asleep);

        await SweepAsync();

        Assert.Equal(RunStatus.Queued, (await host.Runs.GetAsync(drop.RunId, default)).Run.Status);
    }

    [Fact]
    public async Task Details_of_old_runs_are_purged_and_records_of_imports_stay()
    {
        var drop = await DropAsync();
        var import = await host.ImportAsync(drop);
        await host.Get<RunFiles>().AddFailureAsync(import.Id, new RunError(IssueCode.ImportFailed, "It is left."), default);

        await host.Get<PurgeRunDetails>().RunAsync(new UpkeepInput(DateTimeOffset.UtcNow.AddYears(2)), default);

        Assert.Equal(RunStatus.Succeeded, (await host.Runs.GetAsync(import.Id, default)).Run.Status);
        Assert.Empty(await host.LeftAsync(import.Id));
    }

    private async Task<Drop> DropAsync() => await host.DropAsync((await host.AddIntegrationAsync()).Id.Value, Rows);

    private async Task SweepAsync()
    {
        // Later than any file: times of arrival are whole seconds.
        var input = new UpkeepInput(DateTimeOffset.UtcNow.AddMinutes(1));
        await host.Get<SweepFiles>().RunAsync(input, host.Client, default);
        await host.Get<SweepRuns>().RunAsync(input, host.Client, default);
    }
}
