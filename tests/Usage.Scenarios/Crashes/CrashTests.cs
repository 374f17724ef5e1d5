using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Storage.Runs;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>One import of many rows is disturbed in every way; it must store what an undisturbed import of the same file stores.</summary>
public sealed class CrashTests(Place place, ITestOutputHelper output) : IClassFixture<Place>
{
    private static readonly Victim[] Victims = Enum.GetValues<Victim>();

    [Fact]
    public async Task App_killed_at_random_moments_stores_what_an_undisturbed_one_stores()
    {
        var (seed, requests) = (Scale.Seed, 0);
        var landed = new List<Moment>();
        await CompareAsync($"killed, seed {seed}", _ => Interlocked.Increment(ref requests), async run =>
        {
            foreach (var moment in Moment.Choose(new Random(seed), Scale.Kills, requests))
            {
                place.Proxy.Choose = moment.Choose;
                // A dead app starts again right into the next moment.
                await place.SettleAppAsync();
                while (!moment.Reached.IsCompleted && !await place.IsOverAsync(run)) await Task.WhenAny(moment.Reached, Task.Delay(20));
                if (!moment.Reached.IsCompleted) continue;
                await place.KillAsync(Victims[landed.Count % Victims.Length]);
                landed.Add(moment);
            }

            await place.SettleAsync();
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
        var (seed, requests, seen, outages) = (Scale.Seed, 0, 0, 0);
        await CompareAsync($"storage away, seed {seed}", _ => Interlocked.Increment(ref requests), async run =>
        {
            var random = new Random(seed);
            place.Proxy.Choose = request =>
            {
                if (!request.IsOfHost) Interlocked.Increment(ref seen);
                return Fault.None;
            };
            for (; outages < Scale.Outages; outages++)
            {
                // Well before the end: a retry sees fewer requests than the undisturbed import did.
                var next = seen + random.Next(1, Math.Max(2, requests / (Scale.Outages + 1)));
                while (seen < next && !await place.IsOverAsync(run)) await Task.Delay(10);
                if (await place.IsOverAsync(run)) break;
                await place.RestartStorageAsync(TimeSpan.FromMilliseconds(random.Next(500, 4_000)));
            }
        });
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
