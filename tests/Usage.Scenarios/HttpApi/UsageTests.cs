using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>Two months of three accounts, dropped once, read in every way.</summary>
[Collection(SharedApp.Name)]
public sealed class UsageTests(AppFixture app)
{
    private HttpClient Http => app.Api.Http;

    [Fact]
    public async Task Usage_is_told_newest_first_typed_and_with_where_it_came_from()
    {
        var set = await SetUpAsync();
        var usage = (await GetAsync($"accounts/{set.Account(0)}/usage")).Is(200).Json;
        Assert.Equal("Account 0", usage.GetProperty("account").GetProperty("name").GetString());
        var product = Assert.Single(usage.GetProperty("products").EnumerateArray());
        Assert.Equal("monthly", product.GetProperty("period").GetString());
        Assert.Equal(["2024-02-01", "2024-01-01"],
            product.GetProperty("snapshots").EnumerateArray().Select(s => s.GetProperty("date").GetString()));
        var newest = product.GetProperty("snapshots")[0];
        Assert.Equal("""{"active":true,"mau":150,"plan":"=Enterprise"}""", newest.GetProperty("values").GetRawText());
        Assert.Equal((set.Run, 4), (newest.GetProperty("run").GetString(), newest.GetProperty("row").GetInt32()));
        Assert.Single((await GetAsync($"accounts/{set.Account(0)}/usage?product={set.Product}&to=2024-01-31")).Json.GetProperty(
            "products")[0].GetProperty("snapshots").EnumerateArray());
        Assert.Empty((await GetAsync($"accounts/{set.Account(0)}/usage?from=2025-01-01")).Json.GetProperty("products").EnumerateArray());
        (await GetAsync($"accounts/{set.Account(9)}/usage")).Is(404);
        (await ApiCall.SendAsync(Http, "DELETE", $"accounts/{set.Account(0)}")).Is(409);
    }

    [Fact]
    public async Task Snapshots_of_a_date_page_to_the_end_and_are_a_safe_file()
    {
        var set = await SetUpAsync();
        var path = $"products/{set.Product}/snapshots";
        var first = (await GetAsync($"{path}?date=2024-01-01&top=2")).Is(200).Json;
        var second = (await GetAsync($"{path}?date=2024-01-01&top=2&after={first.GetProperty("next").GetString()}")).Is(200).Json;
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var accounts = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(i => i.GetProperty("account").GetProperty("id").GetString());
        Assert.Equal([set.Account(0), set.Account(1), set.Account(2)], accounts.Order());
        (await GetAsync($"{path}?date=2024-02-01&after={first.GetProperty("next").GetString()}")).Is(400);

        var csv = await ApiCall.SendAsync(Http, "GET", path, headers: ("Accept", "text/csv"));
        Assert.Equal("text/csv", csv.Is(200).MediaType);
        var lines = csv.Text.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("account_id,account_name,date,mau,plan,active,run,row", lines[0]);
        Assert.Contains($"{set.Account(0)},Account 0,2024-02-01,150,'=Enterprise,true,{set.Run},4", lines);
    }

    [Fact]
    public async Task Unmatched_identifier_is_told_until_an_account_has_it()
    {
        var set = await SetUpAsync();
        var item = Assert.Single(
            (await GetAsync($"unmatched?integration={set.Product}")).Is(200).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("crmId", $"{set.Product}-9", 1, set.Run),
            (item.GetProperty("by").GetString(), item.GetProperty("key").GetString(), item.GetProperty("rows").GetInt32(),
                item.GetProperty("lastRun").GetString()));
        Assert.NotEmpty(item.GetProperty("candidates").EnumerateArray());
        (await ApiCall.SendAsync(Http, "PUT", $"accounts/{set.Account(9)}", $$"""{"name":"Nine","crmId":"{{set.Product}}-9"}""")).Is(201);
        Assert.Empty((await GetAsync($"unmatched?integration={set.Product}")).Json.GetProperty("items").EnumerateArray());
    }

    private async Task<UsageSet> SetUpAsync() => await UsageSet.MakeAsync(app);

    private Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(Http, "GET", path);
}
