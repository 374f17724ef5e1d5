using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Testing.Machine;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>
/// What can't be done, however often it is tried, ends with its reason. Tries take half a minute, so that these have a place of their own.
/// </summary>
public sealed class FailureTests(SlowPlace place) : IClassFixture<SlowPlace>
{
    private const int Rows = 4_000;

    private const string Told = "The file could not be processed: a step failed again and again, for a reason that isn't in the file. "
        + "The app's log tells more under the run's id. Drop the file again once the cause is mended.";

    [SlowFact]
    public async Task Files_that_fail_at_every_try_are_failed_runs_that_say_what_was_written()
    {
        var history = await History.SetUpAsync(place, Rows);
        var (unreadable, unwritable) = (await history.AddProductAsync(), await history.AddProductAsync());
        var (late, unlooked) = (await history.AddProductAsync(), await history.AddProductAsync());
        var (looks, hostLooks, poisoned, copies) = (0, 0, 0, new FileCopies());
        place.Proxy.Choose = request =>
        {
            if (request.Method == "POST" && request.IsAbout("webjobs-blobtrigger-poison/messages")) Interlocked.Increment(ref poisoned);
            // One file can't be read, one block of another's accounts not be written; at the third the host looks, twice a try, but not the
            // trigger; and the last is there when the host looks first, but not when it looks again.
            return copies.IsRead(request, unreadable)
                || (request.IsAbout("$batch") && request.IsAbout($"|{unwritable}|2025-03-01|7\""))
                || (request.Method == "HEAD" && request.IsAbout($"/imports/{late}/") && Interlocked.Increment(ref looks) % 3 == 0)
                || (request.Method == "HEAD" && request.IsAbout($"/imports/{unlooked}/") && Interlocked.Increment(ref hostLooks) == 2)
                    ? new Fault(FaultKind.Refuse) { Status = 403 }
                    : Fault.None;
        };
        var ids = new List<RunId>();
        foreach (var product in new[] { unreadable, unwritable, late, unlooked })
            ids.Add(await place.DropAsync($"{product}/x.csv", history.Csv()));

        var unread = await place.EndOfAsync(ids[0]);
        Assert.Equal((RunStatus.Failed, new RunError("import-failed", $"{Told} Nothing had been written.")), (unread.Status, unread.Error));
        Assert.Empty(await StoredAsync(unreadable));
        await UnwrittenAsync(history, unwritable, await place.EndOfAsync(ids[1]));

        await Api.UntilAsync(() => Task.FromResult(poisoned), seen => seen > 0);
        Assert.InRange(hostLooks, 2, int.MaxValue);
        await place.Api.TriggerAsync("SweepOnTime");
        foreach (var id in ids[2..]) Assert.Equal(RunStatus.PartiallySucceeded, (await place.EndOfAsync(id)).Status);
    }

    private async Task UnwrittenAsync(History history, string product, Run run)
    {
        var stored = await StoredAsync(product);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.InRange(stored.Count, 1, (Rows / 5 * 4) - 1);
        Assert.Equal(stored.Count, run.Snapshots);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{Told} {stored.Count:N0} snapshots had been written before, and stay."),
            run.Error!.Message);
        history.IsRight(run.Rows);
        Assert.DoesNotContain(stored, entity => entity.PartitionKey.EndsWith("|2025-03-01|7", StringComparison.Ordinal));
    }

    private async Task<List<TableEntity>> StoredAsync(string product) =>
        await place.Tables.GetTableClient("snapshots").QueryAsync<TableEntity>()
            .Where(entity => entity.PartitionKey.Split('|')[1] == product).ToListAsync();
}
