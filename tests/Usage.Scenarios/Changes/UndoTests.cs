using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Changes;

/// <summary>Changes, explanations, undo and removal as a caller of the API has them.</summary>
[Collection(SharedApp.Name)]
public sealed class UndoTests(AppFixture app)
{
    private const string Date = "2024-01-01";

    [Fact]
    public async Task A_value_is_explained_changed_undone_and_stands_again()
    {
        var set = await UsageSet.MakeAsync(app);
        var second = await ImportAsync(set, "second.csv", $"{set.Product}-0,2024-01-15, 777 ,,\n");
        Assert.Equal((0, 1, 0, 0), Changes(second));

        var explained = await ExplainAsync(set, 0);
        Assert.Equal((777, Id(second), 1, "mau", "777", "crmId"), (
            explained.GetProperty("value").GetInt32(), Text(explained, "run"), explained.GetProperty("row").GetInt32(),
            Text(explained, "column"), Text(explained, "text"), Text(explained, "matchedBy")));
        Assert.Equal($"{set.Product}/second.csv", Text(explained, "file"));
        var earlier = Assert.Single(explained.GetProperty("earlier").EnumerateArray());
        Assert.Equal((100, set.Run, JsonValueKind.Null),
            (earlier.GetProperty("value").GetInt32(), Text(earlier, "run"), earlier.GetProperty("undoneBy").ValueKind));

        // What the later run wrote stays when the first one is undone.
        var preview = await PostAsync($"runs/{set.Run}/undo?preview=true", $$"""{"account":"{{set.Account(0)}}","date":"{{Date}}"}""", 200);
        Assert.Equal((0, 2), (preview.GetProperty("reversed").GetInt32(), preview.GetProperty("removed").GetInt32()));
        var kept = Assert.Single(preview.GetProperty("kept").EnumerateArray());
        Assert.Equal((Id(second), 1), (Text(kept, "run"), kept.GetProperty("count").GetInt32()));

        var undo = await UndoAsync(Id(second), "{}");
        Assert.Equal(("undo", "succeeded", Id(second)), (Text(undo, "kind"), Text(undo, "status"), Text(undo, "parent")));
        Assert.Equal((0, 1, 0, 0), Changes(undo));
        explained = await ExplainAsync(set, 0);
        Assert.Equal((100, set.Run), (explained.GetProperty("value").GetInt32(), Text(explained, "run")));
        Assert.Equal(Id(undo), Text(Assert.Single(explained.GetProperty("earlier").EnumerateArray()), "undoneBy"));
        Assert.Equal([Id(undo)], (await app.Api.GetAsync($"runs/{Id(second)}")).GetProperty("undoneBy").EnumerateArray()
            .Select(id => id.GetString()));
        var usage = await app.Api.GetAsync($"accounts/{set.Account(0)}/usage?product={set.Product}&to=2024-01-31");
        var snapshot = usage.GetProperty("products")[0].GetProperty("snapshots")[0];
        Assert.Equal((Id(undo), JsonValueKind.Null), (Text(snapshot, "run"), snapshot.GetProperty("row").ValueKind));

        (await ApiCall.SendAsync(app.Api.Http, "GET", $"runs/{Id(undo)}/file")).Is(404);
        await UndoAsync(Id(undo), "{}");
        Assert.Equal(777, (await ExplainAsync(set, 0)).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task An_undone_first_import_leaves_nothing_and_its_file_is_no_duplicate()
    {
        var set = await UsageSet.MakeAsync(app);

        var undo = await UndoAsync(set.Run, "{}");

        Assert.Equal((0, 0, 0, 18), Changes(undo));
        Assert.Empty((await app.Api.GetAsync($"products/{set.Product}/snapshots?date={Date}")).GetProperty("items").EnumerateArray());
        Assert.Empty((await app.Api.GetAsync($"reports/{set.Product}/mau")).GetProperty("points").EnumerateArray());
        Assert.Empty((await app.Api.GetAsync($"accounts/{set.Account(0)}/usage")).GetProperty("products").EnumerateArray());
        var again = await ImportAsync(set, "again.csv", $"{set.Product}-0,2024-01-15,100,Starter,true\n");
        Assert.Equal((3, 0, 0, 0), Changes(again));
        Assert.Equal(100, (await ExplainAsync(set, 0)).GetProperty("value").GetInt32());
    }

    [SlowFact]
    public async Task A_value_that_is_taken_away_can_be_given_back()
    {
        var set = await UsageSet.MakeAsync(app);

        var removal = await EndAsync(
            await ApiCall.SendAsync(app.Api.Http, "DELETE", $"accounts/{set.Account(1)}/usage/{set.Product}/{Date}/mau"));

        Assert.Equal(("removal", "succeeded"), (Text(removal, "kind"), Text(removal, "status")));
        Assert.Equal((0, 0, 0, 1), Changes(removal));
        Assert.Equal(JsonValueKind.Null, (await ExplainAsync(set, 1)).GetProperty("value").ValueKind);
        (await ApiCall.SendAsync(app.Api.Http, "DELETE", $"accounts/{set.Account(1)}/usage/{set.Product}/{Date}/mau")).Is(404);
        await UndoAsync(Id(removal), "{}");
        Assert.Equal(100, (await ExplainAsync(set, 1)).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Changes_are_listed_page_by_page_and_confirmed_values_when_asked_for()
    {
        var set = await UsageSet.MakeAsync(app);
        var again = await ImportAsync(
            set, "again.csv", $"{set.Product}-0,2024-01-15,100,Pro,true\n{set.Product}-1,2024-01-15,101,Starter,\n");
        Assert.Equal((0, 2, 3, 0), Changes(again));
        Assert.Equal(2, (await ListAsync($"runs/{Id(again)}/changes?top=1")).Count);
        Assert.Equal(5, (await ListAsync($"runs/{Id(again)}/changes?top=2&unchanged=true")).Count);
        var one = Assert.Single(await ListAsync($"runs/{Id(again)}/changes?account={set.Account(1)}&date={Date}&product={set.Product}"));
        Assert.Equal((100, 101, 2, "mau"), (
            one.GetProperty("old").GetInt32(), one.GetProperty("new").GetInt32(), one.GetProperty("row").GetInt32(),
            Text(one, "dimension")));
    }

    [Fact]
    public async Task What_wrote_nothing_is_not_undone()
    {
        var set = await UsageSet.MakeAsync(app);
        var nothing = await ImportAsync(set, "nothing.csv", $"{set.Product}-9,2024-01-15,1,,\n");
        Assert.Equal(["nothing-written run"],
            (await ApiCall.SendAsync(app.Api.Http, "POST", $"runs/{Id(nothing)}/undo", "{}")).Is(409).Errors);
    }

    private async Task<List<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        for (string? next = ""; next is not null;)
        {
            var page = await app.Api.GetAsync(path + (next.Length == 0 ? "" : $"&after={next}"));
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        return items;
    }

    private Task<JsonElement> ImportAsync(UsageSet set, string name, string rows) =>
        app.Api.ImportAsync(set.Product, name, $"id,day,mau,plan,active\n{rows}");

    private Task<JsonElement> ExplainAsync(UsageSet set, int account) =>
        app.Api.GetAsync($"explain?account={set.Account(account)}&product={set.Product}&date={Date}&dimension=mau");

    private async Task<JsonElement> UndoAsync(string run, string body) =>
        await EndAsync(await ApiCall.SendAsync(app.Api.Http, "POST", $"runs/{run}/undo", body));

    private async Task<JsonElement> PostAsync(string path, string body, int status) =>
        (await ApiCall.SendAsync(app.Api.Http, "POST", path, body)).Is(status).Json;

    private async Task<JsonElement> EndAsync(ApiCall started)
    {
        var run = Text(started.Is(202).Json, "runId");
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"runs/{run}"), found => Text(found, "status") is not ("queued" or "running"));
    }

    private static (int New, int Changed, int Unchanged, int Removed) Changes(JsonElement run)
    {
        var changes = run.GetProperty("changes");
        return (changes.GetProperty("new").GetInt32(), changes.GetProperty("changed").GetInt32(),
            changes.GetProperty("unchanged").GetInt32(), changes.GetProperty("removed").GetInt32());
    }

    private static string Id(JsonElement run) => Text(run, "id");

    private static string Text(JsonElement value, string member) => value.GetProperty(member).GetString()!;
}
