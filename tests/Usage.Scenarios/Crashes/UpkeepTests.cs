using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Storage.Runs;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Crashes;

[Collection(Faults.Name)]
public sealed class UpkeepTests(Place place)
{
    private static readonly RunId Old = new("20200102T030405-0123456789ab");

    [SlowFact]
    public async Task Histories_of_ended_runs_are_purged_by_timer()
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, 100);
        var product = await history.AddProductAsync();
        var run = await place.EndOfAsync(await place.DropAsync($"{product}/x.csv", history.Csv()));
        Assert.True(await HasHistoryAsync(run.Id));

        await Api.UntilAsync(
            async () =>
            {
                await place.Api.TriggerAsync("PurgeOnTime");
                return await HasHistoryAsync(run.Id);
            },
            there => !there);

        Assert.Equal(run.Status, (await place.Runs.GetAsync(run.Id, CancellationToken.None)).Run.Status);
    }

    [SlowFact]
    public async Task Old_test_runs_go_whole_and_old_imports_keep_their_record()
    {
        await place.SettleAsync();
        var test = RunIdText.Unique(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero), Guid.NewGuid());
        await LeaveAsync(Old, RunKind.Import, RunBlobs.RejectedCsv, "run.json");
        await LeaveAsync(test, RunKind.Test, RunBlobs.Result);

        // Again and again: a purge that is under way already may be past what was just left for it.
        await Api.UntilAsync(
            async () =>
            {
                await place.Api.TriggerAsync("PurgeOnTime");
                return await place.LeftAsync(test);
            },
            left => left.Count == 0);
        await Api.UntilAsync(() => place.LeftAsync(Old), left => left is ["run.json"]);
        Assert.NotNull(await place.Runs.FindAsync(Old, CancellationToken.None));
        Assert.Null(await place.Runs.FindAsync(test, CancellationToken.None));
    }

    [SlowFact]
    public async Task Run_that_was_recorded_and_never_started_is_started_by_the_sweep()
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, 100);
        var product = await history.AddProductAsync();
        var dropped = await place.EndOfAsync(await place.DropAsync($"{product}/x.csv", history.Csv()));
        // The same file under a run that nobody knows of: as if the app had died between record and start.
        var source = (await place.Runs.GetAsync(dropped.Id, CancellationToken.None)).Source;
        var lost = RunIdText.Unique(dropped.ArrivedAt, Guid.NewGuid());
        await place.Runs.AddAsync(
            Queued(lost, RunKind.Import) with { Integration = dropped.Integration, ArrivedAt = dropped.ArrivedAt },
            source with { Force = true }, CancellationToken.None);

        await place.Api.TriggerAsync("SweepOnTime");

        var run = await place.EndOfAsync(lost);
        Assert.Equal(dropped.Status, run.Status);
        history.IsRight(run.Rows);
    }

    private async Task LeaveAsync(RunId id, RunKind kind, params string[] blobs)
    {
        await place.Runs.AddAsync(
            Queued(id, kind) with { Status = RunStatus.Succeeded }, new RunSource("imports", "x/y.csv", "0x1", false),
            CancellationToken.None);
        foreach (var blob in blobs)
            await place.Blobs.Runs.GetBlobClient($"{id}/{blob}").UploadAsync(BinaryData.FromString("x"), overwrite: true);
    }

    private static Run Queued(RunId id, RunKind kind) => new()
    {
        Id = id,
        Integration = new("x"),
        Version = 1,
        Kind = kind,
        Blob = "x/y.csv",
        Status = RunStatus.Queued,
        ArrivedAt = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    private async Task<bool> HasHistoryAsync(RunId run)
    {
        await foreach (var _ in place.Tables.GetTableClient("UsageHubHistory").QueryAsync<TableEntity>(e => e.PartitionKey == run.Value))
            return true;
        return false;
    }
}
