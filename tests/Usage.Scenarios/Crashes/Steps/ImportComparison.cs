using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Storage.Runs;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>An import that is disturbed beside one of the same file that isn't.</summary>
public abstract class ImportComparison(Place place)
{
    protected Place Place => place;

    /// <param name="how">What is done, for the message.</param>
    /// <param name="watch">Sees the requests of the undisturbed import.</param>
    /// <param name="disturbAsync">Does its worst to a run, and returns before or after its end.</param>
    protected async Task CompareAsync(string how, Action<StorageRequest> watch, Func<RunId, Task> disturbAsync)
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
        // An attempt that is late cleans up behind itself.
        var left = await Api.UntilAsync(() => place.LeftAsync(id), some => some.All(RunBlobs.IsKept));
        Assert.Contains(RunBlobs.RejectedCsv, left);
        Assert.All(left, name => Assert.True(RunBlobs.IsKept(name), name));
    }

    private static string Counts(Run run) =>
        $"{run.Rows} {run.Snapshots} {run.Values} {string.Join(',', run.Dates.Select(date => $"{date.Date} {date.Snapshots}"))} "
        + $"{string.Join(',', run.Issues.Select(issue => $"{issue.Code} {issue.Count}"))}";

    /// <summary>But for the id of the run, which each row names.</summary>
    private async Task<string> RejectedAsync(RunId run) =>
        (await place.Blobs.Runs.GetBlobClient($"{run}/{RunBlobs.RejectedCsv}").DownloadContentAsync()).Value.Content.ToString()
            .Replace(run.Value, "", StringComparison.Ordinal);
}
