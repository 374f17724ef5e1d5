using System.Net;
using System.Text.Json;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Instances;

/// <summary>What one instance was told the other one knows, and files that both admit keep their order.</summary>
public sealed class AgreementTests(PlaceOfTwo place, ITestOutputHelper output) : IClassFixture<PlaceOfTwo>
{
    [SlowFact]
    public async Task Configuration_and_accounts_told_to_one_are_known_to_the_other_at_once()
    {
        await place.SettleAsync();
        var (id, one, other) = (place.Unique("shared"), place.ApiOf(0), place.ApiOf(1));
        for (var round = 0; round < 5; round++)
        {
            await one.PutAsync($"products/{id}", new { name = $"{id} {round}", snapshotPeriod = "monthly" });
            Assert.Equal($"{id} {round}", (await other.GetAsync($"products/{id}")).GetProperty("name").GetString());
            await other.PutAsync($"accounts/{id}", new { name = $"{id} {round}", aliases = new[] { $"{id} alias {round}" } });
            Assert.Equal($"{id} {round}", (await one.GetAsync($"accounts/{id}")).GetProperty("name").GetString());
            (one, other) = (other, one);
        }

        await one.PutAsync($"products/{id}/dimensions/seats", new { name = "Seats", dataType = "numeric" });
        await one.PutAsync($"integrations/{id}", Integration(id));
        // The account's alias of the last round, by which both have a roster that knew another one.
        foreach (var (api, name) in new[] { (one, "a.csv"), (other, "b.csv") })
        {
            var run = await api.ImportAsync(id, name, $"account,seats\n{id} alias 4,{name.Length}\n{id} alias 0,1\n");
            Assert.Equal((1, 1), (Rows(run, "recorded"), Rows(run, "unmatched")));
        }
    }

    [SlowFact]
    public async Task Key_taken_back_at_one_is_refused_by_the_other_within_30_seconds()
    {
        await place.SettleAsync();
        var (one, other) = (place.ApiOf(0), place.ApiOf(1));
        var (status, made) = await one.PostAsync("keys", """{"name": "shared", "role": "reader"}""", "application/json");
        Assert.True(status == 201, $"{status} {made}");
        var secret = made.GetProperty("key").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await AskAsync(other, secret));

        using var gone = await one.Http.DeleteAsync($"keys/{made.GetProperty("id").GetString()}");
        Assert.True(gone.IsSuccessStatusCode, $"{gone.StatusCode}");

        // Longer would be too long; a slow machine makes the wait shorter, never longer.
        await Task.Delay(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(other, secret));
    }

    [SlowFact]
    public async Task Files_of_one_integration_take_effect_in_the_order_of_their_arrival_whoever_takes_them()
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, 200);
        var product = await history.AddProductAsync();
        var files = new List<RunId>();
        for (var i = 0; i < 8; i++)
        {
            files.Add(await place.DropAsync($"{product}/{7 - i}.csv", history.Csv(seed: i)));
            // Storage tells arrivals in whole seconds, and within one there is no order to keep.
            await Task.Delay(1100);
        }

        var runs = new List<Run>();
        foreach (var file in files) runs.Add(await place.EndOfAsync(file));

        // A file whose event came late, after the next file had its turn, takes effect in its place all the same: the tables tell that.
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(
            pair.First.StartedAt > pair.Second.StartedAt || pair.First.CompletedAt <= pair.Second.StartedAt,
            $"two had the turn: {Times(pair.First)}, {Times(pair.Second)}"));
        var twin = await history.AddProductAsync();
        foreach (var i in Enumerable.Range(0, 8))
            await place.EndOfAsync(await place.DropAsync($"{twin}/{7 - i}.csv", history.Csv(seed: i)));
        StoredTable.AreSame(await StoredTable.ReadValuesAsync(place, twin), await StoredTable.ReadValuesAsync(place, product), "at once");
        output.WriteLine(string.Join("; ", runs.Select(Times)));
    }

    private static string Times(Run run) => $"{run.Blob} {run.StartedAt:mm:ss.fff} to {run.CompletedAt:mm:ss.fff}";

    private static object Integration(string id) => new
    {
        name = id,
        match = new[] { new { by = "name", column = "account" } },
        products = new[] { new { product = id, dimensions = new[] { new { column = "seats", dimension = "seats" } } } },
    };

    private static int Rows(JsonElement run, string outcome) => run.GetProperty("rows").GetProperty(outcome).GetInt32();

    private static async Task<HttpStatusCode> AskAsync(Api api, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "products");
        request.Headers.Add("x-functions-key", key);
        using var answer = await api.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
