using System.Text.RegularExpressions;
using System.Text;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Scenarios.HttpApi;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Crashes;

/// <summary>
/// The app dies, or storage goes away, while it erases an account: the upkeep takes the erase up, and nothing of the account is left.
/// </summary>
public sealed class EraseTests(SlowPlace place, ITestOutputHelper output) : IClassFixture<SlowPlace>
{
    private static readonly IReadOnlyList<Step> Steps =
    [
        new("accountchanges", "POST", 1), new("/snapshots(", "DELETE", 3), new("reportpoints", "POST", 2),
        new("changes/index.json", "PUT", 1),
        new("erased.json", "PUT", 1), new("rejected.csv", "PUT", 1), new("/rows/0", "PUT", 1), new("/file", "PUT", 1),
    ];

    // An undisturbed erase sends about so many.
    private const int Requests = 300;

    [SlowFact]
    public Task App_killed_at_random_moments_leaves_nothing_of_the_account_and_all_of_others() => EraseAsync(3, "kills", async run =>
        (await new Disturbance(place, run).KillAsync(Moment.Choose(new Random(Scale.Seed), Steps, Scale.Kills, 150))).Count);

    /// <summary>The account is gone then, and with it what says which keys it had.</summary>
    [SlowFact]
    public Task App_killed_between_an_account_and_its_keys_leaves_neither() => EraseAsync(5, "kills", async run =>
    {
        var keys = new Moment(
            "DELETE accountkeys", request => request.Method == "DELETE" && request.IsAbout("accountkeys"),
            n: 1, after: false, latest: 10_000);
        return (await new Disturbance(place, run).KillAsync([keys])).Count;
    });

    [SlowFact(Very = true)]
    public Task Storage_that_goes_away_and_comes_back_leaves_nothing_of_the_account_and_all_of_others() => EraseAsync(4, "outages", run =>
        new Disturbance(place, run).TakeStorageAwayAsync(Scale.Seed, Requests));

    private async Task EraseAsync(int number, string what, Func<RunId, Task<int>> disturbAsync)
    {
        var history = await History.SetUpAsync(place, Scale.Rows);
        var product = await history.AddProductAsync();
        var file = await place.EndOfAsync(await place.DropAsync($"{product}/a.csv", history.Csv()));
        history.IsRight(file.Rows);
        var account = history.Account(number);
        var before = await StoredTable.ReadValuesAsync(place, product);
        Assert.Contains(before.Keys, key => key.EndsWith(account, StringComparison.Ordinal));

        var started = (await ApiCall.SendAsync(place.Api.Http, "DELETE", $"accounts/{account}?erase=true")).Is(202);
        var id = new RunId(started.Json.GetProperty("runId").GetString()!);
        var struck = await disturbAsync(id);
        var run = await place.EndOfAsync(id);

        output.WriteLine($"erase in {Scale.Rows} rows, seed {Scale.Seed}: {struck} {what}");
        Assert.True(struck > 0, $"none of the {what} struck the erase");
        Assert.True(run.Status == RunStatus.Succeeded, $"{run.Status} {run.Error}\n{place.Log}");
        var after = await StoredTable.ReadValuesAsync(place, product);
        Assert.Equal(
            before.Where(one => IsSnapshot(one.Key) && !one.Key.EndsWith($" {account}", StringComparison.Ordinal)),
            after.Where(one => IsSnapshot(one.Key)));
        Assert.Empty(await FindAsync(account));
        // Its id is free, and the next file has rows of it.
        await place.Api.PutAsync($"accounts/{account}", new { name = account, crmId = $"crm{account}" });
    }

    private static bool IsSnapshot(string key) => key.StartsWith("snapshot ", StringComparison.Ordinal);

    /// <summary>Where the account's id, name or CRM id stands as a whole word, but for dropped files.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(string account)
    {
        var found = new List<string>();
        await foreach (var table in place.Tables.QueryAsync())
            await foreach (var entity in place.Tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                if (Names(string.Join('\n', entity.Select(property => $"{property.Value}")))) found.Add($"{table.Name}: {entity.RowKey}");
        foreach (var container in new[] { place.Blobs.Runs, place.Blobs.Accounts, place.Blobs.Unmatched })
            await foreach (var blob in container.GetBlobsAsync())
                if (Names(Encoding.UTF8.GetString((await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content)))
                    found.Add($"{container.Name}: {blob.Name}");
        return found;

        bool Names(string text) => Regex.IsMatch(text, $@"(^|[^\w-])(crm)?{account}($|[^\w-])");
    }
}
