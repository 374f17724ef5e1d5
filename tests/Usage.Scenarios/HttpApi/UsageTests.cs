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
    public async Task Product_without_snapshots_is_an_empty_page_and_an_empty_file()
    {
        var path = $"products/{app.Unique("unused")}";
        (await ApiCall.SendAsync(Http, "PUT", path, """{"name":"Unused","snapshotPeriod":"daily"}""")).Is(201);
        Assert.Equal("""{"items":[],"next":null}""", (await GetAsync($"{path}/snapshots")).Is(200).Text);
        var csv = (await ApiCall.SendAsync(Http, "GET", $"{path}/snapshots", headers: ("Accept", "text/csv"))).Is(200);
        Assert.Equal(("text/csv", "account_id,account_name,date,run,row\r\n"), (csv.MediaType, csv.Text));
        (await GetAsync($"{path}/snapshots?after=MHxxfDIwMjQtMDEtMDF8MAphMQ")).Is(400);
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/csv;q=0.9, */*;q=0.1", "text/csv")]
    [InlineData("application/json;q=0.5,TEXT/CSV", "text/csv")]
    [InlineData("application/json, text/csv;q=0.2", "application/json")]
    [InlineData("text/csv;q=0", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html;;q=", "application/json")]
    public async Task Snapshots_come_as_the_caller_likes_them_best(string accept, string type)
    {
        var path = $"products/{app.Unique("liked")}";
        (await ApiCall.SendAsync(Http, "PUT", path, """{"name":"Liked"}""")).Is(201);
        Assert.Equal(type, (await ApiCall.SendAsync(Http, "GET", $"{path}/snapshots", headers: ("Accept", accept))).Is(200).MediaType);
    }

    [Fact]
    public async Task Report_equals_a_recount_of_what_is_stored()
    {
        var set = await SetUpAsync();
        var recount = new Dictionary<string, List<double>>();
        foreach (var i in Enumerable.Range(0, 3))
            foreach (var snapshot in (await GetAsync($"accounts/{set.Account(i)}/usage")).Json.GetProperty("products")[0]
                .GetProperty("snapshots").EnumerateArray())
                if (snapshot.GetProperty("values").TryGetProperty("mau", out var mau))
                    (recount.TryGetValue(snapshot.GetProperty("date").GetString()!, out var list)
                        ? list : recount[snapshot.GetProperty("date").GetString()!] = []).Add(mau.GetDouble());

        var points = (await GetAsync($"reports/{set.Product}/mau")).Is(200).Json.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(recount.Keys.Order(), points.Select(p => p.GetProperty("date").GetString()));
        Assert.All(points, point =>
        {
            var values = recount[point.GetProperty("date").GetString()!];
            Assert.Equal(values.Count, point.GetProperty("accounts").GetInt32());
            Assert.Equal(values.Sum(), point.GetProperty("sum").GetDouble(), 9);
            Assert.Equal(values.Average(), point.GetProperty("average").GetDouble(), 9);
            Assert.Equal((values.Min(), values.Max()), (point.GetProperty("min").GetDouble(), point.GetProperty("max").GetDouble()));
        });
        Assert.Equal("""[{"date":"2024-01-01","accounts":3,"true":2,"false":1}]""",
            (await GetAsync($"reports/{set.Product}/active?to=2024-01-31")).Json.GetProperty("points").GetRawText());
        Assert.Equal(
            """[{"date":"2024-01-01","accounts":3,"counts":[{"value":"Starter","count":2},{"value":"Pro","count":1}]}]""",
            (await GetAsync($"reports/{set.Product}/plan?to=2024-01-31")).Json.GetProperty("points").GetRawText());
        (await GetAsync($"reports/{set.Product}/nowhere")).Is(404);
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

    [Fact]
    public async Task Period_and_types_are_locked_once_there_are_snapshots()
    {
        var set = await SetUpAsync();
        Assert.Equal(["period-locked snapshotPeriod"],
            (await ApiCall.SendAsync(Http, "PUT", $"products/{set.Product}", """{"name":"P","snapshotPeriod":"daily"}""")).Is(409).Errors);
        Assert.Equal(["type-locked dataType"],
            (await ApiCall.SendAsync(Http, "PUT", $"products/{set.Product}/dimensions/mau", """{"name":"MAU","dataType":"text"}"""))
                .Is(409).Errors);
        (await ApiCall.SendAsync(
            Http, "PUT", $"products/{set.Product}/dimensions/mau", """{"name":"Users","dataType":"numeric","aggregate":"max"}""")).Is(200);
        (await ApiCall.SendAsync(Http, "DELETE", $"integrations/{set.Product}")).Is(204);
        Assert.Equal(["in-use product"], (await ApiCall.SendAsync(Http, "DELETE", $"products/{set.Product}")).Is(409).Errors);
    }

    private async Task<UsageSet> SetUpAsync() => await UsageSet.MakeAsync(app);

    private Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(Http, "GET", path);
}
