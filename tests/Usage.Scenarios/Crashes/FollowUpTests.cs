using System.Text.Json;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Testing.Machine;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>An undo, or a fix, of a run is disturbed in every way; it must leave what an undisturbed one of the same run leaves.</summary>
public sealed class FollowUpTests(SlowPlace place, ITestOutputHelper output) : IClassFixture<SlowPlace>
{
    /// <summary>CI kills undos and spoils fixes' requests; longer ones do all to both.</summary>
    public static TheoryData<RunKind> Killed => TestSize.IsLong ? [RunKind.Undo, RunKind.Fix] : [RunKind.Undo];

    /// <inheritdoc cref="Killed"/>
    public static TheoryData<RunKind> Spoiled => TestSize.IsLong ? [RunKind.Undo, RunKind.Fix] : [RunKind.Fix];

    [SlowTheory, MemberData(nameof(Killed))]
    public async Task App_killed_at_random_moments_leaves_what_an_undisturbed_one_leaves(RunKind kind)
    {
        var (seed, requests) = (Scale.Seed, 0);
        IReadOnlyList<Moment> landed = [];
        await CompareAsync(kind, $"killed, seed {seed}", _ => Interlocked.Increment(ref requests), async run =>
        {
            var steps = kind == RunKind.Undo ? Step.OfUndo : Step.OfFix;
            landed = await new Disturbance(place, run).KillAsync(Moment.Choose(new Random(seed), steps, Scale.Kills, requests));
        });
        output.WriteLine(
            $"{kind} of {Scale.Rows} rows, {requests} requests, seed {seed}, {landed.Count} of {Scale.Kills} kills landed: "
            + string.Join("; ", landed));
        Assert.True(landed.Count > Scale.Kills / 2, $"only {landed.Count} kills struck the {kind}");
    }

    [SlowTheory, MemberData(nameof(Spoiled))]
    public async Task Requests_refused_reset_doubled_and_lost_change_nothing_of_what_is_left(RunKind kind)
    {
        var faults = new RandomFaults(Scale.Seed, Scale.FaultsOneIn);
        await CompareAsync(kind, $"spoiled, {faults}", _ => { }, _ =>
        {
            place.Proxy.Choose = faults.Choose;
            return Task.CompletedTask;
        });
        output.WriteLine($"{kind} of {Scale.Rows} rows, {faults}");
        Assert.True(faults.Count > 3, $"only {faults}");
    }

    [SlowTheory(Very = true)]
    [InlineData(RunKind.Undo)]
    [InlineData(RunKind.Fix)]
    public async Task Storage_that_goes_away_and_comes_back_changes_nothing_of_what_is_left(RunKind kind)
    {
        var (seed, requests, outages) = (Scale.Seed, 0, 0);
        await CompareAsync(kind, $"storage away, seed {seed}", _ => Interlocked.Increment(ref requests),
            async run => outages = await new Disturbance(place, run).TakeStorageAwayAsync(seed, requests));
        output.WriteLine($"{kind} of {Scale.Rows} rows, {requests} requests, seed {seed}, {outages} outages");
        Assert.True(outages > 0, $"the {kind} was over before storage went away");
    }

    /// <param name="Earlier">The run that wrote some of the values before.</param>
    /// <param name="File">The run that is undone or fixed.</param>
    /// <param name="Before">What readers saw before that.</param>
    private sealed record Base(string Product, RunId Earlier, RunId File, SortedDictionary<string, string> Before);

    private async Task CompareAsync(RunKind kind, string how, Action<StorageRequest> watch, Func<RunId, Task> disturbAsync)
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, Scale.Rows);
        var (calm, disturbed) = (await MakeAsync(history), await MakeAsync(history));
        place.Proxy.Choose = request =>
        {
            if (!request.IsOfHost) watch(request);
            return Fault.None;
        };
        var calmRun = await place.EndOfAsync(await StartAsync(kind, calm, history));
        place.Proxy.Choose = _ => Fault.None;
        Assert.True(calmRun.Status == RunStatus.Succeeded, $"{kind}: {calmRun.Status} {calmRun.Error}");

        var id = await StartAsync(kind, disturbed, history);
        await disturbAsync(id);
        var run = await place.EndOfAsync(id);
        place.Proxy.Choose = _ => Fault.None;

        Assert.True(run.Status == RunStatus.Succeeded, $"{kind}, {how}: {run.Status} {run.Error}\n{place.Log}");
        StoredTable.AreSame(await StoredTable.ReadAsync(place, calm.Product, calm.Earlier, calm.File, calmRun.Id),
            await StoredTable.ReadAsync(place, disturbed.Product, disturbed.Earlier, disturbed.File, id), how);
        Assert.Equal(Counts(calmRun), Counts(run));
        Assert.Equal(await MendedAsync(calm.File), await MendedAsync(disturbed.File));
        if (kind == RunKind.Undo)
            StoredTable.AreSame(
                disturbed.Before, await StoredTable.ReadValuesAsync(place, disturbed.Product), $"{how}, before the run and");
    }

    /// <summary>A product with values of an earlier run, some of which a later one wrote over.</summary>
    private async Task<Base> MakeAsync(History history)
    {
        var product = await history.AddProductAsync();
        var earlier = await place.EndOfAsync(await place.DropAsync($"{product}/a.csv", history.Csv(seed: 8, rows: Scale.Rows / 2)));
        var before = await StoredTable.ReadValuesAsync(place, product);
        var file = await place.EndOfAsync(await place.DropAsync($"{product}/b.csv", history.Csv()));
        history.IsRight(file.Rows);
        Assert.True(file.Changes is { New: > 0, Changed: > 0 }, $"{file.Changes}");
        return new Base(product, earlier.Id, file.Id, before);
    }

    private async Task<RunId> StartAsync(RunKind kind, Base of, History history)
    {
        var (path, body) = kind == RunKind.Undo ? ("undo", "{}") : ("fixes", history.Mends());
        var (status, answer) = await place.Api.PostAsync($"runs/{of.File}/{path}", body, "application/json");
        Assert.True(status == 202, $"{path}: {status} {answer}");
        return new RunId(answer.GetProperty("runId").GetString()!);
    }

    /// <summary>What a run tells of its undos and of its children.</summary>
    private async Task<string> MendedAsync(RunId file)
    {
        var run = await place.Api.GetAsync($"runs/{file}");
        return $"{run.GetProperty("mended")} {Length(run, "undoneBy")} {Length(run, "children")} {run.GetProperty("rows")}";
    }

    private static int Length(JsonElement run, string list) => run.GetProperty(list).GetArrayLength();

    private static string Counts(Run run) =>
        $"{run.Rows} {run.Snapshots} {run.Values} {run.Changes} "
        + string.Join(',', run.Dates.Select(date => $"{date.Date} {date.Snapshots}"));
}
