using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Storage.Runs;
using Usage.Testing.Machine;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>Events come several times, late, and while others are at work.</summary>
[Collection(Faults.Name)]
public sealed class EventTests(Place place)
{
    [SlowFact]
    public async Task Same_event_twelve_times_is_one_run()
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, 2_000);
        var product = await history.AddProductAsync();
        var id = await place.DropAsync($"{product}/x.csv", history.Csv());
        // While the run is queued, at work, and has ended.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => place.Api.TriggerAsync("OnFileDropped", $"imports/{product}/x.csv")));
        await Api.UntilAsync(() => place.Runs.FindAsync(id, CancellationToken.None), run => run is not null);
        for (var i = 0; i < 3; i++) await place.Api.TriggerAsync("OnFileDropped", $"imports/{product}/x.csv");
        var run = await place.EndOfAsync(id);
        for (var i = 0; i < 3; i++) await place.Api.TriggerAsync("OnFileDropped", $"imports/{product}/x.csv");
        await place.Api.TriggerAsync("SweepOnTime");
        await Task.Delay(500);

        var again = await place.EndOfAsync(id);
        Assert.Equal((run.Status, run.CompletedAt, run.Rows), (again.Status, again.CompletedAt, again.Rows));
        history.IsRight(run.Rows);
        Assert.Equal(id, Assert.Single(
            await place.Runs.ListAsync(new RunFilter(RunKind.Import, new(product)), 10, null, CancellationToken.None)).Id);
    }

    [SlowFact]
    public async Task Files_of_different_integrations_run_side_by_side()
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, 500);
        var (held, free) = (await history.AddProductAsync(), await history.AddProductAsync());
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (copies, reads) = (new FileCopies(), 0);
        // At the first it is looked whether the file has rows that were rejected; after that the run is at work.
        place.Proxy.Choose = request => copies.IsRead(request, held) && Interlocked.Increment(ref reads) > 1
            ? new Fault(FaultKind.Hold) { Until = release.Task } : Fault.None;
        var first = await place.DropAsync($"{held}/x.csv", history.Csv());
        await Api.UntilAsync(() => place.Runs.FindAsync(first, CancellationToken.None), run => run?.Run.Status == RunStatus.Running);
        // The first one stands still at its reading; the other one is through meanwhile.
        var second = await place.EndOfAsync(await place.DropAsync($"{free}/x.csv", history.Csv()));
        Assert.Equal(RunStatus.PartiallySucceeded, second.Status);
        Assert.Equal(RunStatus.Running, (await place.Runs.GetAsync(first, CancellationToken.None)).Run.Status);
        release.SetResult();
        Assert.Equal(RunStatus.PartiallySucceeded, (await place.EndOfAsync(first)).Status);
    }
}
