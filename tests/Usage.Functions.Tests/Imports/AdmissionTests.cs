using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Tests.Imports;

/// <summary>The queue of an integration.</summary>
public sealed class AdmissionTests(ImportHost host)
{
    private const string Rows = "acme,2026-03-01,3\n";

    [Fact]
    public async Task A_file_waits_until_the_one_before_it_has_ended()
    {
        var (first, second) = await DropTwoAsync();
        await host.QueueAsync(first, ImportHost.Asleep);
        await host.Get<RunScheduler>().ScheduleAsync(host.Client, RunStart.Of(second), default);
        await QueuedAsync(second.RunId);
        Assert.Equal(TakeTurn.State.Waiting, (await TakeAsync(second.RunId)).State);

        var next = await host.Get<RunEnd>().CancelAsync(first.RunId, default);

        Assert.Equal(second.RunId, next);
        Assert.Equal(RunStatus.Succeeded, (await host.EndOfAsync(second.RunId)).Status);
    }

    [Fact]
    public async Task An_earlier_file_whose_event_is_late_is_imported_first()
    {
        var (first, second) = await DropTwoAsync();

        var run = await host.ImportAsync(second);

        var earlier = await host.EndOfAsync(first.RunId);
        Assert.Equal((RunStatus.Succeeded, RunStatus.Succeeded), (earlier.Status, run.Status));
        Assert.True(earlier.CompletedAt < run.StartedAt, $"{earlier.CompletedAt:O} is not before {run.StartedAt:O}");
    }

    [Fact]
    public async Task A_run_whose_orchestration_is_dead_is_failed_by_the_one_behind_it()
    {
        var (first, second) = await DropTwoAsync();
        await host.QueueAsync(first, ImportHost.Defective);

        var run = await host.ImportAsync(second);

        var dead = (await host.Runs.GetAsync(first.RunId, default)).Run;
        Assert.Equal((RunStatus.Failed, RunStatus.Succeeded), (dead.Status, run.Status));
        Assert.Equal(
            "The run's orchestration ended before the file was through. Drop the file again to import it. Nothing had been written.",
            dead.Error!.Message);
    }

    [Fact]
    public async Task A_run_is_cancelled_while_it_waits()
    {
        var (first, second) = await DropTwoAsync();
        await host.QueueAsync(first, ImportHost.Asleep);
        await host.Get<RunScheduler>().ScheduleAsync(host.Client, RunStart.Of(second), default);
        await QueuedAsync(second.RunId);

        await host.Runs.RequestCancelAsync(second.RunId, default);
        await host.Client.RaiseEventAsync(second.RunId.Value, RunScheduler.Wake, true);

        Assert.Equal(RunStatus.Cancelled, (await host.EndOfAsync(second.RunId)).Status);
        Assert.Equal(TakeTurn.State.Ended, (await TakeAsync(second.RunId)).State);
    }

    /// <summary>They may arrive in the same second, and are ordered by their names then.</summary>
    private async Task<(Drop First, Drop Second)> DropTwoAsync()
    {
        var integration = (await host.AddIntegrationAsync()).Id.Value;
        return (await host.DropAsync(integration, Rows, "a.csv"), await host.DropAsync(integration, Rows + Rows, "b.csv"));
    }

    private Task<TakeTurn.Output> TakeAsync(RunId run) => host.Get<TakeTurn>().RunAsync(new TakeTurn.Input(run), host.Client, default);

    private async Task QueuedAsync(RunId run)
    {
        while ((await host.Get<QueuedRuns>().ListAsync(null, default)).All(queued => queued.Run != run)) await Task.Delay(20);
    }
}
