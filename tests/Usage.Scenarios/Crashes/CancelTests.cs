using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Storage.Runs;
using Usage.Testing.Machine;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>A run is cancelled just as a request of one of its steps is on its way.</summary>
[Collection(Faults.Name)]
public sealed class CancelTests(Place place)
{
    private const int Rows = 6_000;

    /// <summary>The short form tries the first and the last of them.</summary>
    public static IEnumerable<TheoryDataRow<string, bool>> Steps => TestSize.IsCi
        ? [new("plan.json", false), new("/entries/", false), new("/batches/", false), new("totals.json", true)]
        : [new("plan.json", false), new("totals.json", true)];

    /// <param name="step">Name of the blob that is being written.</param>
    /// <param name="allRead">The run is told only after every row was read; none is written, but what they are is known.</param>
    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Before_the_decision_nothing_is_written(string step, bool allRead)
    {
        var (history, product) = await SetUpAsync();
        var id = await CancelAtAsync(product, history, request => request.Method == "PUT" && request.IsAbout(step), n: 1, kill: false);
        var run = await EndOfAsync(id);
        Assert.Equal((0, 0), (run.Snapshots, run.Values));
        if (allRead) history.IsRight(run.Rows);
        else Assert.Equal(new RowCounts(), run.Rows);
        Assert.Empty(run.Dates);
        Assert.Empty(await StoredAsync(product));
        foreach (var table in new[] { "snapshotdates", "receipts" })
            Assert.Empty(await place.Tables.GetTableClient(table).QueryAsync<TableEntity>($"PartitionKey eq '{product}'").ToListAsync());
        Assert.DoesNotContain(await place.LeftAsync(id), name => !RunBlobs.IsKept(name));
    }

    public static IEnumerable<TheoryDataRow<int, bool>> Transactions =>
        new TheoryDataRow<int, bool>[] { new(9, true), new(1, false), new(9, false), new(25, true) }.Take(Scale.Cancels);

    [SlowTheory]
    [MemberData(nameof(Transactions))]
    public async Task After_the_first_write_it_says_what_was_written_and_every_row_is_counted(int transaction, bool kill)
    {
        var (history, product) = await SetUpAsync();
        var id = await CancelAtAsync(product, history, request => request.IsAbout("/snapshots?"), transaction, kill);
        var run = await EndOfAsync(id);
        history.IsRight(run.Rows);
        Assert.True(run.Rows.AddUp());
        var stored = await StoredAsync(product);
        Assert.InRange(stored.Count, 1, (Rows / 5 * 4) - 1);
        Assert.Equal(stored.Count, run.Snapshots);
        Assert.Equal(stored.Sum(entity => entity.Keys.Count(name => name.StartsWith("d_", StringComparison.Ordinal))), run.Values);
        Assert.Equal(
            stored.GroupBy(entity => entity.PartitionKey.Split('|')[2]).OrderBy(date => date.Key)
                .Select(date => $"{date.Key} {date.Count()}"),
            run.Dates.Select(date => FormattableString.Invariant($"{date.Date:yyyy-MM-dd} {date.Snapshots}")));
        await PointsAreOfAsync(product, stored);
    }

    private async Task<(History History, string Product)> SetUpAsync()
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, Rows);
        return (history, await history.AddProductAsync());
    }

    private async Task<RunId> CancelAtAsync(string product, History history, Func<StorageRequest, bool> isIt, int n, bool kill)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        place.Proxy.Choose = request => isIt(request) && Interlocked.Increment(ref seen) == n
            ? new Fault(kill ? FaultKind.HangAfter : FaultKind.Hold) { Reached = () => reached.TrySetResult(), Until = cancelled.Task }
            : Fault.None;
        var id = await place.DropAsync($"{product}/x.csv", history.Csv());
        await reached.Task.WaitAsync(Patience.Long);
        var (status, problem) = await place.Api.PostAsync($"runs/{id}/cancel", "");
        Assert.True(status == 202, problem.ToString());
        if (kill) await place.KillAsync(Victim.Both);
        else cancelled.SetResult();
        await place.SettleAsync();
        return id;
    }

    /// <summary>Cancelled, as its callers see it too, and once only.</summary>
    private async Task<Run> EndOfAsync(RunId id)
    {
        var run = await place.EndOfAsync(id);
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal("cancelled", (await place.Api.GetAsync($"runs/{id}")).GetProperty("status").GetString());
        var (status, problem) = await place.Api.PostAsync($"runs/{id}/cancel", "");
        Assert.True(status == 409, problem.ToString());
        return run;
    }

    private async Task<List<TableEntity>> StoredAsync(string product) =>
        await place.Tables.GetTableClient("snapshots").QueryAsync<TableEntity>()
            .Where(entity => entity.PartitionKey.Split('|')[1] == product).ToListAsync();

    private async Task PointsAreOfAsync(string product, List<TableEntity> stored)
    {
        var points = await place.Tables.GetTableClient("reportpoints").QueryAsync<TableEntity>($"PartitionKey eq '{product}|high'")
            .ToListAsync();
        var counted = stored.Where(entity => entity.ContainsKey("d_high")).GroupBy(entity => entity.PartitionKey.Split('|')[2])
            .OrderBy(date => date.Key);
        Assert.Equal(
            counted.Select(date => (date.Key, (long)date.Count(), date.Sum(entity => entity.GetDouble("d_high")!.Value))),
            points.Select(point => (point.RowKey, point.GetInt64("accounts")!.Value, point.GetDouble("sum")!.Value)));
    }
}
