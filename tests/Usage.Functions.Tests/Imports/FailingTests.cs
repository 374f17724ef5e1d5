using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Tests.Imports;

/// <summary>What becomes of a run that can't go on, by how far it has come. The activities are called one by one.</summary>
public sealed class FailingTests(ImportHost host)
{
    private static readonly RunError Failure = new(IssueCode.ImportFailed, "The disk is full.");

    [Fact]
    public async Task A_run_that_has_not_been_decided_has_written_nothing()
    {
        var id = await ReadAsync();

        Assert.Equal(new FailRun.Output(Next: null), await FailAsync(id));

        Assert.Equal("The disk is full. Nothing had been written.", (await EndedAsync(id)).Error!.Message);
    }

    [Fact]
    public async Task A_run_that_was_to_write_is_settled_first()
    {
        var id = await ReadAsync();
        await DecideAsync(id);

        Assert.Equal(1, (await FailAsync(id)).Partitions);
        Assert.False((await host.Runs.GetAsync(id, default)).Run.HasEnded());

        await SettleAsync(id);
        var run = await EndedAsync(id);
        Assert.Equal(("The disk is full. Nothing had been written.", 0L, 2L), (run.Error!.Message, run.Snapshots, run.Rows.Recorded));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_written_is_counted_and_told(bool cutShort)
    {
        var id = await ReadAsync();
        await DecideAsync(id);
        await BeginAsync(id);
        await WriteAsync(id, WriteMode.Write);
        // Cut short before it could say what it had written: that is looked up.
        if (cutShort) await host.RemoveAsync(id, "merged/Write/0.json");

        await FailAsync(id);
        await SettleAsync(id);

        var run = await EndedAsync(id);
        Assert.Equal(("The disk is full. 2 snapshots had been written before, and stay.", 2L), (run.Error!.Message, run.Snapshots));
        Assert.Contains("changes/index.json", await host.LeftAsync(id));
    }

    /// <summary>The engine may run an activity once more after its run has ended.</summary>
    [Fact]
    public async Task An_activity_that_comes_after_the_end_changes_nothing()
    {
        var id = await ReadAsync();
        await DecideAsync(id);
        await BeginAsync(id);
        await FailAsync(id);
        await SettleAsync(id);
        var ended = await EndedAsync(id);

        await WriteAsync(id, WriteMode.Write);
        await host.Get<BeginWriting>().RunAsync(new BeginWriting.Input(id), default);

        Assert.Equal(0, ended.Snapshots);
        Assert.Empty(await host.StoredAsync(ended.Integration!.Value));
    }

    [Fact]
    public async Task What_cannot_be_counted_is_told_so()
    {
        var id = await ReadAsync();
        await DecideAsync(id);

        Assert.Equal(0, (await FailAsync(id, unsettled: true)).Partitions);

        var message = (await EndedAsync(id)).Error!.Message;
        Assert.Equal("The disk is full. Some snapshots may have been written before; how many can't be told.", message);
    }

    [Fact]
    public async Task A_run_fails_once_whatever_comes_later()
    {
        var id = await ReadAsync();
        await FailAsync(id);
        var failed = await EndedAsync(id);

        await FailAsync(id);
        await host.Get<FinishRun>().RunAsync(new FinishRun.Input(id), default);
        await host.Get<PlanBatches>().RunAsync(new PlanBatches.Input(id), default);

        Assert.Equal((failed.Status, failed.CompletedAt), ((await EndedAsync(id)).Status, (await EndedAsync(id)).CompletedAt));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_writes_tells_what_it_wrote()
    {
        var id = await ReadAsync();
        await DecideAsync(id);
        await host.Runs.RequestCancelAsync(id, default);

        await WriteAsync(id, WriteMode.Write);
        await host.Get<FinishRun>().RunAsync(new FinishRun.Input(id), default);

        var run = await EndedAsync(id);
        Assert.Equal((RunStatus.Cancelled, 0L, 2L), (run.Status, run.Snapshots, run.Rows.Recorded));
    }

    /// <summary>A run whose batches are read.</summary>
    private async Task<RunId> ReadAsync()
    {
        var drop = await host.DropAsync((await host.AddIntegrationAsync()).Id.Value, "acme,2026-03-01,3\nglobex,2026-03-01,4\n");
        await host.Get<AdmitFile>().RunAsync(new AdmitFile.Input(drop.RunId, drop), host.Client, default);
        await host.Get<PlanBatches>().RunAsync(new PlanBatches.Input(drop.RunId), default);
        await host.Get<ReadBatch>().RunAsync(new ReadBatch.Input(drop.RunId, 0), default);
        return drop.RunId;
    }

    private async Task DecideAsync(RunId id) =>
        Assert.Equal(new Decide.Output(WriteMode.Write, 1), await host.Get<Decide>().RunAsync(new Decide.Input(id, 1), default));

    private Task<BeginWriting.Output> BeginAsync(RunId id) => host.Get<BeginWriting>().RunAsync(new BeginWriting.Input(id), default);

    private Task WriteAsync(RunId id, WriteMode mode) =>
        host.Get<WriteSnapshots>().RunAsync(new WriteSnapshots.Input(id, 0, mode), default);

    private Task<FailRun.Output> FailAsync(RunId id, bool unsettled = false) =>
        host.Get<FailRun>().RunAsync(new FailRun.Input(id, Failure, "details", unsettled), default);

    private async Task SettleAsync(RunId id)
    {
        await WriteAsync(id, WriteMode.Settle);
        await host.Get<FinishRun>().RunAsync(new FinishRun.Input(id, Failure), default);
    }

    private async Task<Run> EndedAsync(RunId id)
    {
        var run = (await host.Runs.GetAsync(id, default)).Run;
        Assert.True(run.HasEnded(), $"run {id} is {run.Status}");
        return run;
    }
}
