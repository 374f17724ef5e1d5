using Usage.Core.Ids;
using Usage.Scenarios.App;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>What is done to a run while it is at work.</summary>
internal sealed class Disturbance(Place place, RunId run)
{
    private static readonly Victim[] Victims = Enum.GetValues<Victim>();

    /// <summary>Kills host, worker and both in turn, of the instance that sends the request, and returns when all run again.</summary>
    /// <returns>The moments that came.</returns>
    public async Task<IReadOnlyList<Moment>> KillAsync(IReadOnlyList<Moment> moments)
    {
        var landed = new List<Moment>();
        foreach (var moment in moments)
        {
            place.Proxy.Choose = moment.Choose;
            // A dead app starts again right into the next moment.
            await place.SettleAppAsync();
            while (!moment.Reached.IsCompleted && !await place.IsOverAsync(run)) await Task.WhenAny(moment.Reached, Task.Delay(20));
            if (!moment.Reached.IsCompleted) continue;
            await place.KillAsync(Victims[landed.Count % Victims.Length], moment.Sender);
            landed.Add(moment);
        }

        await place.SettleAsync();
        return landed;
    }

    /// <summary>Storage goes away and comes back.</summary>
    /// <param name="seed">Of the moments.</param>
    /// <param name="requests">That the run sends when nothing disturbs it.</param>
    /// <returns>How often it went away before the run was over.</returns>
    public async Task<int> TakeStorageAwayAsync(int seed, int requests)
    {
        var (random, seen, outages) = (new Random(seed), 0, 0);
        place.Proxy.Choose = request =>
        {
            if (!request.IsOfHost) Interlocked.Increment(ref seen);
            return Fault.None;
        };
        for (; outages < Scale.Outages; outages++)
        {
            // Well before the end: a retry sees fewer requests than the undisturbed run did.
            var next = seen + random.Next(1, Math.Max(2, requests / (Scale.Outages + 1)));
            while (seen < next && !await place.IsOverAsync(run)) await Task.Delay(10);
            if (await place.IsOverAsync(run)) break;
            await place.RestartStorageAsync(TimeSpan.FromMilliseconds(random.Next(500, 4_000)));
        }

        return outages;
    }
}
