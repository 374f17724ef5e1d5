using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Testing.Machine;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>One import of many rows is disturbed in every way; it must store what an undisturbed import of the same file stores.</summary>
public sealed class CrashTests(Place place, ITestOutputHelper output) : ImportComparison(place), IClassFixture<Place>
{
    [Fact]
    public async Task App_killed_at_random_moments_stores_what_an_undisturbed_one_stores()
    {
        var (seed, requests) = (Scale.Seed, 0);
        IReadOnlyList<Moment> landed = [];
        await CompareAsync($"killed, seed {seed}", _ => Interlocked.Increment(ref requests), async run =>
        {
            var moments = Moment.Choose(new Random(seed), Step.OfImport, Scale.Kills, requests);
            landed = await new Disturbance(Place, run).KillAsync(moments);
        });
        output.WriteLine(
            $"{Scale.Rows} rows, {requests} requests, seed {seed}, {landed.Count} of {Scale.Kills} kills landed: "
            + string.Join("; ", landed));
        Assert.True(landed.Count > Scale.Kills * 3 / 4, $"only {landed.Count} kills struck the import");
    }

    [SlowFact]
    public async Task Requests_refused_reset_doubled_and_lost_change_nothing_of_what_is_stored()
    {
        var faults = new RandomFaults(Scale.Seed, Scale.FaultsOneIn);
        await CompareAsync($"spoiled, {faults}", _ => { }, _ =>
        {
            Place.Proxy.Choose = faults.Choose;
            return Task.CompletedTask;
        });
        output.WriteLine($"{Scale.Rows} rows, {faults}");
        Assert.True(faults.Count > 10, $"only {faults}");
    }

    [SlowFact]
    public async Task Storage_that_goes_away_and_comes_back_changes_nothing_of_what_is_stored()
    {
        var (seed, requests, outages) = (Scale.Seed, 0, 0);
        await CompareAsync($"storage away, seed {seed}", _ => Interlocked.Increment(ref requests),
            async run => outages = await new Disturbance(Place, run).TakeStorageAwayAsync(seed, requests));
        output.WriteLine($"{Scale.Rows} rows, {requests} requests, seed {seed}, {outages} outages");
        Assert.True(outages > 0, "the import was over before storage went away");
    }
}
