using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Erasing;

/// <summary>Erasing an account as a caller of the API has it.</summary>
[Collection(SharedApp.Name)]
public sealed class EraseTests(AppFixture app)
{
    private const string Date = "2024-01-01";

    [SlowFact]
    public async Task An_erased_account_is_gone_and_the_answer_says_what_stays()
    {
        var set = await UsageSet.MakeAsync(app);
        var gone = set.Account(0);

        var started = (await ApiCall.SendAsync(app.Api.Http, "DELETE", $"accounts/{gone}?erase=true")).Is(202);
        Assert.EndsWith($"/runs/{Text(started.Json, "runId")}", started.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("imports", started.Json.GetProperty("stays")[0].GetProperty("what").GetString(), StringComparison.Ordinal);
        var run = await EndAsync(started);

        Assert.Equal(("erase", "succeeded"), (Text(run, "kind"), Text(run, "status")));
        Assert.Equal([$"{set.Product}/usage.csv"], run.GetProperty("stays")[0].GetProperty("files").EnumerateArray()
            .Select(file => file.GetString()));
        // Before anybody asks for it again, which is written down as any request.
        var audit = (await ApiCall.SendAsync(app.Api.Http, "GET", "audit?top=500")).Is(200).Text;
        Assert.DoesNotContain(gone, audit, StringComparison.Ordinal);
        Assert.Contains($"accounts/erased by {Text(run, "id")}", audit, StringComparison.Ordinal);
        (await ApiCall.SendAsync(app.Api.Http, "GET", $"accounts/{gone}")).Is(404);
        (await ApiCall.SendAsync(app.Api.Http, "DELETE", $"accounts/{gone}?erase=true")).Is(404);
        var snapshots = (await app.Api.GetAsync($"products/{set.Product}/snapshots?date={Date}")).GetProperty("items");
        Assert.Equal([set.Account(1), set.Account(2)], snapshots.EnumerateArray().Select(item => Text(item.GetProperty("account"), "id")));
        var rows = (await app.Api.GetAsync($"runs/{set.Run}/rows")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([2, 3, 5, 6, 7], rows.Select(row => row.GetProperty("row").GetInt32()));
        (await ApiCall.SendAsync(app.Api.Http, "GET", $"runs/{set.Run}/rows/1")).Is(404);
        var file = await app.Api.Http.GetStringAsync($"runs/{set.Run}/file");
        Assert.DoesNotContain($"{set.Product}-0", file, StringComparison.Ordinal);
        Assert.Contains($"{set.Product}-1", file, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task An_account_is_erased_once_whoever_asks_while_its_files_are_read()
    {
        var set = await UsageSet.MakeAsync(app);
        var gone = set.Account(1);
        var rows = string.Concat(Enumerable.Range(1, 2_000).Select(row => $"{set.Product}-1,2024-0{(row % 9) + 1}-15,{row},,\n"));
        var import = (await ApiCall.SendAsync(
            app.Api.Http, "POST", $"integrations/{set.Product}/files?name=while.csv",
            $"id,day,mau,plan,active\n{rows}{set.Product}-2,2024-03-15,7,,\n", "text/csv")).Is(202);

        var started = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => ApiCall.SendAsync(app.Api.Http, "DELETE", $"accounts/{gone}?erase=true")));
        var run = await EndAsync(started[0]);

        Assert.All(started, one => Assert.True(one.Status is 202 or 404, one.Text));
        Assert.Single(started.Where(one => one.Status == 202).Select(one => Text(one.Json, "runId")).Distinct());
        Assert.Equal("succeeded", Text(run, "status"));
        await EndAsync(import);
        (await ApiCall.SendAsync(app.Api.Http, "POST", $"runs/{Text(run, "id")}/cancel", "")).Is(409);
        for (var month = 1; month <= 9; month++)
        {
            var stored = (await app.Api.GetAsync($"products/{set.Product}/snapshots?date=2024-0{month}-01")).GetProperty("items");
            Assert.DoesNotContain(gone, stored.EnumerateArray().Select(item => Text(item.GetProperty("account"), "id")));
        }

        // The id may be made anew, and has nothing of before.
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"accounts/{gone}", """{"name":"Another"}""")).Is(201);
        Assert.Empty((await app.Api.GetAsync($"accounts/{gone}/usage")).GetProperty("products").EnumerateArray());
    }

    private async Task<JsonElement> EndAsync(ApiCall started)
    {
        var run = Text(started.Is(202).Json, "runId");
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"runs/{run}"), found => Text(found, "status") is not ("queued" or "running"));
    }

    private static string Text(JsonElement value, string member) => value.GetProperty(member).GetString()!;
}
