using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Testing.Machine;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes;

/// <summary>
/// A request of a worker that has died is under way until its run has ended by another attempt and others have written: it comes too late.
/// </summary>
[Collection(Faults.Name)]
public sealed partial class LateTests(Place place)
{
    private const int Rows = 2_000;

    public enum Then
    {
        Changed,
        Undone,
    }

    public static IEnumerable<TheoryDataRow<string, bool, Then, string>> Requests =>
        new TheoryDataRow<string, bool, Then, string>[]
        {
            new("/snapshots", true, Then.Undone, "UpdateConditionNotSatisfied"),
            new("/changes/", true, Then.Changed, "AppendPositionConditionNotMet"),
            new("/snapshots", false, Then.Changed, "EntityAlreadyExists"),
            new("/snapshots", true, Then.Changed, "UpdateConditionNotSatisfied"),
            new("/snapshots", false, Then.Undone, "EntityAlreadyExists"),
        }.Take(Scale.LateRequests);

    /// <param name="about">What is written.</param>
    /// <param name="overEarlier">Whether an earlier run has written all of it with other values; else the product has nothing.</param>
    /// <param name="then">What comes of the run's values before the request does.</param>
    /// <param name="refusal">The service's.</param>
    [SlowTheory]
    [MemberData(nameof(Requests))]
    public async Task Request_that_comes_after_its_run_changes_nothing(string about, bool overEarlier, Then then, string refusal)
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, Rows);
        var product = await history.AddProductAsync();
        if (overEarlier) await place.EndOfAsync(await place.DropAsync($"{product}/a.csv", WithPlans(history, "old")));
        var (reached, release) = (Source<bool>(), Source<bool>());
        var (answered, held) = (Source<string>(), 0);
        place.Proxy.Choose = request =>
            IsIt(request, about) && Interlocked.Increment(ref held) == 3
                ? new Fault(FaultKind.SendLate)
                {
                    Reached = () => reached.TrySetResult(true),
                    Until = release.Task,
                    Answered = (status, text) => answered.TrySetResult($"{status} {text}"),
                }
                : Fault.None;
        var late = await place.DropAsync($"{product}/b.csv", history.Csv());
        await reached.Task.WaitAsync(Patience.Long);
        await place.KillAsync(Victim.Worker);
        Assert.Equal(RunStatus.PartiallySucceeded, (await place.EndOfAsync(late)).Status);

        if (then == Then.Undone) await UndoAsync(late);
        else await place.EndOfAsync(await place.DropAsync($"{product}/c.csv", WithPlans(history, "new")));
        var before = await StoredTable.ReadAsync(place, product);
        var left = await LengthsAsync(late);
        release.SetResult(true);
        var answer = await answered.Task.WaitAsync(Patience.Long);

        Assert.True(answer.Contains(refusal, StringComparison.Ordinal), $"expected {refusal}, found {answer}");
        StoredTable.AreSame(before, await StoredTable.ReadAsync(place, product), "after the late request");
        Assert.Equal(left, await LengthsAsync(late));
    }

    private static bool IsIt(StorageRequest request, string about) => request.IsAbout(about)
        && (request.Target.EndsWith("$batch", StringComparison.Ordinal)
            || request.Target.EndsWith("appendblock", StringComparison.Ordinal));

    /// <summary>The same file, but for one value of each row.</summary>
    private static string WithPlans(History history, string name) => Plan().Replace(history.Csv(), $",{name}$1");

    private async Task UndoAsync(RunId run)
    {
        var (status, answer) = await place.Api.PostAsync($"runs/{run}/undo", "{}", "application/json");
        Assert.True(status == 202, $"undo: {status} {answer}");
        var undo = await place.EndOfAsync(new RunId(answer.GetProperty("runId").GetString()!));
        Assert.Equal(RunStatus.Succeeded, undo.Status);
    }

    /// <summary>Of what a run's logs hold.</summary>
    private async Task<List<string>> LengthsAsync(RunId run) =>
        await place.Blobs.Runs.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{run}/changes/" })
            .Select(blob => $"{blob.Name} {blob.Properties.ContentLength}").ToListAsync();

    private static TaskCompletionSource<T> Source<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex(@",plan(\d)")]
    private static partial Regex Plan();
}
