using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Tests.Runs;

/// <summary>How runs end.</summary>
public sealed class RunEndTests(ImportHost host)
{
    [Fact]
    public async Task The_first_end_counts()
    {
        var drop = await AddAsync();
        await host.Get<RunEnd>().FailAsync(drop.RunId, new RunError(IssueCode.ImportFailed, "It failed."), default);

        await host.Get<RunEnd>().CancelAsync(drop.RunId, default);

        var run = (await host.Runs.GetAsync(drop.RunId, default)).Run;
        Assert.Equal((RunStatus.Failed, "It failed.", RunStage.Done), (run.Status, run.Error!.Message, run.Progress.Stage));
        Assert.NotNull(run.StartedAt);
    }

    [Fact]
    public async Task An_end_that_was_cut_short_is_made_up_for()
    {
        var drop = await AddAsync();
        var integration = drop.ToQueuedRun(version: 1).Integration!.Value;
        await host.Get<QueuedRuns>().AddAsync(integration, QueuedRun.Of(drop), default);
        await host.Get<RunFiles>().AddFailureAsync(drop.RunId, new RunError(IssueCode.FileReplaced, "It was replaced."), default);
        // The record was saved, and what follows was not done.
        await host.Runs.SaveAsync((await host.Runs.GetAsync(drop.RunId, default)).Run with { Status = RunStatus.Failed }, default);

        Assert.Null(await host.Get<RunEnd>().CancelAsync(drop.RunId, default));

        Assert.Null(await host.Get<QueuedRuns>().FirstAsync(integration, default));
        Assert.Empty(await host.LeftAsync(drop.RunId));
    }

    private async Task<Drop> AddAsync()
    {
        var drop = await host.DropAsync((await host.AddIntegrationAsync()).Id.Value, "acme,2026-03-01,3\n");
        await host.Runs.AddAsync(drop.ToQueuedRun(version: 1), RunSource.Of(drop), default);
        return drop;
    }
}
