using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Storage.Runs;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>One import of many rows is disturbed in every way; it must store what an undisturbed import of the same file stores.</summary>
public sealed class CrashTests(Place place, ITestOutputHelper output) : IClassFixture<Place>
{
    [Fact]
    public async Task App_killed_at_random_moments_stores_what_an_undisturbed_one_stores()
    {
        var (seed, requests) = (Scale.Seed, 0);
        IReadOnlyList<Moment> landed = [];
        await CompareAsync($"killed, seed {seed}", _ => Interlocked.Increment(ref requests), async run =>
        {
            var moments = Moment.Choose(new Random(seed), Step.OfImport, Scale.Kills, requests);
            landed = await new Disturbance(place, run).KillAsync(moments);
        });
        output.WriteLine(
            $"{Scale.Rows} rows, {requests} requests, seed {seed}, {landed.Count} of {Scale.Kills} kills landed: "
            + string.Join("; ", landed));
        Assert.True(landed.Count > Scale.Kills * 3 / 4, $"only {landed.Count} kills struck the import");
    }

    [Fact]
    public async Task Requests_refused_reset_doubled_and_lost_change_nothing_of_what_is_stored()
    {
        var faults = new RandomFaults(Scale.Seed, Scale.FaultsOneIn);
        await CompareAsync($"spoiled, {faults}", _ => { }, _ =>
        {
            place.Proxy.Choose = faults.Choose;
            return Task.CompletedTask;
        });
        output.WriteLine($"{Scale.Rows} rows, {faults}");
        Assert.True(faults.Count > 10, $"only {faults}");
    }

    [Fact]
    public async Task Storage_that_goes_away_and_comes_back_changes_nothing_of_what_is_stored()
    {
        var (seed, requests, outages) = (Scale.Seed, 0, 0);
        await CompareAsync($"storage away, seed {seed}", _ => Interlocked.Increment(ref requests),
            async run => outages = await new Disturbance(place, run).TakeStorageAwayAsync(seed, requests));
        output.WriteLine($"{Scale.Rows} rows, {requests} requests, seed {seed}, {outages} outages");
        Assert.True(outages > 0, "the import was over before storage went away");
    }

    /// <param name="how">What is done, for the message.</param>
    /// <param name="watch">Sees the requests of the undisturbed import.</param>
    /// <param name="disturbAsync">Does its worst to a run, and returns before or after its end.</param>
    private async Task CompareAsync(string how, Action<StorageRequest> watch, Func<RunId, Task> disturbAsync)
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, Scale.Rows);
        var (calm, csv) = (await history.AddProductAsync(), history.Csv());
        var disturbed = await history.AddProductAsync();
        place.Proxy.Choose = request =>
        {
            if (!request.IsOfHost) watch(request);
            return Fault.None;
        };
        var calmRun = await place.EndOfAsync(await place.DropAsync($"{calm}/x.csv", csv));
        place.Proxy.Choose = _ => Fault.None;
        Assert.Equal(RunStatus.PartiallySucceeded, calmRun.Status);
        history.IsRight(calmRun.Rows);

        var id = await place.DropAsync($"{disturbed}/x.csv", csv);
        await disturbAsync(id);
        var run = await place.EndOfAsync(id);
        place.Proxy.Choose = _ => Fault.None;

        Assert.True(run.Status == RunStatus.PartiallySucceeded, $"{how}: {run.Status} {run.Error}\n{place.Log}");
        StoredTable.AreSame(await StoredTable.ReadAsync(place, calm, calmRun.Id),
            await StoredTable.ReadAsync(place, disturbed, run.Id), how);
        Assert.Equal(Counts(calmRun), Counts(run));
        Assert.Equal(await RejectedAsync(calmRun.Id), await RejectedAsync(id));
        var runs = await place.Runs.ListAsync(new RunFilter(RunKind.Import, new(disturbed)), 10, null, CancellationToken.None);
        Assert.Equal(id, Assert.Single(runs).Id);
        var left = await place.LeftAsync(id);
        Assert.Contains(RunBlobs.RejectedCsv, left);
        Assert.All(left, name => Assert.True(RunBlobs.IsKept(name), name));
    }

    private static string Counts(Run run) =>
        $"{run.Rows} {run.Snapshots} {run.Values} {string.Join(',', run.Dates.Select(date => $"{date.Date} {date.Snapshots}"))} {string.Join(',', run.Issues.Select(issue => $"{issue.Code} {issue.Count}"))}";

    /// <summary>But for the id of the run, which each row names.</summary>
    private async Task<string> RejectedAsync(RunId run) =>
        (await place.Blobs.Runs.GetBlobClient($"{run}/{RunBlobs.RejectedCsv}").DownloadContentAsync()).Value.Content.ToString()
            .Replace(run.Value, "", StringComparison.Ordinal);
}
