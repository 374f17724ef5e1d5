using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Testing.Machine;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Instances;

/// <summary>
/// Of several instances any is killed, or stands still for longer than its leases last; an import must store what it stores on them when
/// nothing disturbs it.
/// </summary>
public abstract class SeveralTests(Place place, ITestOutputHelper output) : ImportComparison(place)
{
    // A partition of the hub is another instance's after 20 s without a sign of life, a message after 15.
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(40);

    /// <summary>What it is about to write as it stops; whether the request is sent as it wakes up, not before.</summary>
    public static IEnumerable<TheoryDataRow<string, bool>> Writes =>
        new TheoryDataRow<string, bool>[] { new("/snapshots", true), new("/changes/", true), new("/snapshots", false) }
            .Take(Scale.Standstills);

    protected async Task KillAsync()
    {
        var (seed, requests) = (Scale.Seed, 0);
        IReadOnlyList<Moment> landed = [];
        await CompareAsync($"killed, seed {seed}", _ => Interlocked.Increment(ref requests), async run =>
        {
            var moments = Moment.Choose(new Random(seed), Step.OfImport, Scale.Kills, requests);
            landed = await new Disturbance(Place, run).KillAsync(moments);
        });
        output.WriteLine($"seed {seed}, {landed.Count} of {Scale.Kills} kills landed: "
            + string.Join("; ", landed.Select(moment => $"instance {moment.Sender} {moment}")));
        Assert.True(landed.Count > Scale.Kills / 2, $"only {landed.Count} kills struck the import");
    }

    /// <inheritdoc cref="Writes"/>
    protected async Task StandStillAsync(string about, bool later)
    {
        await CompareAsync($"standing still at {about}", _ => { }, async run =>
        {
            var (reached, release) = (new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously),
                new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var seen = 0;
            Place.Proxy.Choose = request =>
                !request.IsOfHost && request.Method is "POST" or "PUT" && request.IsAbout(about) && Interlocked.Increment(ref seen) == 2
                    ? new Fault(later ? FaultKind.SendLate : FaultKind.Hold)
                    {
                        Reached = () => reached.TrySetResult(request.Sender),
                        Until = later ? release.Task : Task.CompletedTask,
                    }
                    : Fault.None;
            var still = await reached.Task.WaitAsync(Patience.Long);
            await Place.App(still).PauseAsync();
            try
            {
                await Task.Delay(Standstill);
                // On a busy machine others take their time.
                await Api.UntilAsync(() => Place.IsOverAsync(run), over => over);
            }
            finally
            {
                release.SetResult();
                await Place.App(still).ContinueAsync();
            }

            await Place.SettleAppAsync();
        });
    }
}

public sealed class TwoInstancesTests(PlaceOfTwo place, ITestOutputHelper output)
    : SeveralTests(place, output), IClassFixture<PlaceOfTwo>
{
    [SlowFact]
    public Task Any_instance_killed_at_any_moment_leaves_what_undisturbed_ones_leave() => KillAsync();

    [SlowTheory, MemberData(nameof(Writes))]
    public Task Instance_that_stands_still_while_another_takes_over_does_no_harm_when_it_wakes(string about, bool later) =>
        StandStillAsync(about, later);
}

public sealed class ThreeInstancesTests(PlaceOfThree place, ITestOutputHelper output)
    : SeveralTests(place, output), IClassFixture<PlaceOfThree>
{
    [SlowFact(Very = true)]
    public Task Any_instance_killed_at_any_moment_leaves_what_undisturbed_ones_leave() => KillAsync();

    [SlowTheory(Very = true), MemberData(nameof(Writes))]
    public Task Instance_that_stands_still_while_another_takes_over_does_no_harm_when_it_wakes(string about, bool later) =>
        StandStillAsync(about, later);
}
