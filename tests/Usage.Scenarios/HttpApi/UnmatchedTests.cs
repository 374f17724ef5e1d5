using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.HttpApi;

/// <summary>Identifiers without an account: listed, resolved, taken back.</summary>
[Collection(SharedApp.Name)]
public sealed class UnmatchedTests(AppFixture app)
{
    private HttpClient Http => app.Api.Http;

    [Fact]
    public async Task Most_rows_come_first_with_what_helps_to_find_the_account()
    {
        var name = await SetUpAsync("id,day,mau,company,mail\nX-1,2024-01-15,1,Acme UNIQUE Inc,jane@UNIQUE.example\nX-2,2024-01-16,2,,\n"
            + "x-2,2024-02-15,3,,\n, 2024-02-15,3,,\n");
        var page = (await ListAsync(name, "&count=true")).Is(200).Json;
        Assert.Equal(2, page.GetProperty("count").GetInt32());
        var items = page.GetProperty("items");
        Assert.Equal(("X-2", 2, "crmId"), (Text(items[0], "key"), items[0].GetProperty("rows").GetInt32(), Text(items[0], "by")));
        Assert.Equal(["2024-01-01", "2024-02-01"], items[0].GetProperty("periods").EnumerateArray().Select(date => date.GetString()));
        Assert.Equal($"Acme {name} Inc", Text(items[1].GetProperty("context"), "company"));
        var candidate = items[1].GetProperty("candidates")[0];
        Assert.Equal($"{name}-a", Text(candidate, "id"));
        Assert.Contains("the domain in the column \"mail\" is that of this account", Text(candidate, "why"), StringComparison.Ordinal);
        Assert.EndsWith("Z", Text(items[1], "firstSeen"), StringComparison.Ordinal);
        Assert.Equal(["X-1"], Keys(await ListAsync(name, "&search=ACME")));
        Assert.Equal(["X-2"], Keys(await ListAsync(name, "&search=x-2")));

        var first = (await ListAsync(name, "&top=1")).Is(200).Json;
        Assert.Equal(["X-1"], Keys(await ListAsync(name, $"&top=1&after={Text(first, "next")}")));
    }

    [SlowFact]
    public async Task Ignored_identifier_is_not_listed_until_its_day_and_is_told_as_resolved()
    {
        var name = await SetUpAsync("id,day,mau\nX-1,2024-01-15,1\nX-2,2024-01-15,1\nX-3,2024-01-15,1\n");
        foreach (var (key, until) in new[] { ("x-1", "null"), ("X-2", "\"2126-01-01\"") })
            (await ResolveAsync(name, key, $$""" "ignore":{"reason":"A test.","until":{{until}}} """)).Is(202);
        Assert.Equal(["X-3"], Keys(await ListAsync(name)));
        var said = (await GetAsync($"unmatched/resolutions?integration={name}")).Is(200).Json.GetProperty("items");
        Assert.Equal(["x-1", "X-2"], said.EnumerateArray().Select(one => Text(one, "key")));
        Assert.Equal(("local", "A test.", JsonValueKind.Null),
            (Text(said[0], "author"), Text(said[0].GetProperty("ignore"), "reason"), said[0].GetProperty("account").ValueKind));

        (await ApiCall.SendAsync(Http, "DELETE", $"unmatched/resolutions?integration={name}&by=crmId&key=X-1")).Is(204);
        (await ApiCall.SendAsync(Http, "DELETE", $"unmatched/resolutions?integration={name}&by=crmId&key=X-1")).Is(404);
        Assert.Equal(["X-1", "X-3"], Keys(await ListAsync(name)));
    }

    [Fact]
    public async Task Resolved_identifier_is_its_account_in_the_next_file_until_it_is_taken_back()
    {
        var name = await SetUpAsync("id,day,mau\nknown,2024-01-15,1\n");
        Assert.Empty((await ResolveAsync(name, "X-1", $""" "account":"{name}-a" """)).Is(202).Json.GetProperty("runs").EnumerateArray());
        var run = await app.Api.ImportAsync(name, "next.csv", "id,day,mau\nx-1 ,2024-03-15,5\nX-2,2024-03-15,1\n");
        var rows = run.GetProperty("rows");
        Assert.Equal((1, 1), (rows.GetProperty("recorded").GetInt32(), rows.GetProperty("unmatched").GetInt32()));

        var own = (await GetAsync($"accounts/{name}-a/resolutions")).Is(200).Json.GetProperty("items");
        Assert.Equal((name, "crmId", "X-1"), (Text(own[0], "integration"), Text(own[0], "by"), Text(own[0], "key")));
        (await ApiCall.SendAsync(Http, "DELETE", $"accounts/{name}-b/resolutions?integration={name}&by=crmId&key=X-1")).Is(404);
        (await ApiCall.SendAsync(Http, "DELETE", $"accounts/{name}-a/resolutions?integration={name}&by=crmId&key=X-1")).Is(204);
        run = await app.Api.ImportAsync(name, "last.csv", "id,day,mau\nX-1,2024-04-15,5\nknown,2024-04-15,1\n");
        Assert.Equal(2, run.GetProperty("rows").GetProperty("unmatched").GetInt32());
    }

    [Fact]
    public async Task New_account_is_made_with_the_resolution_and_cannot_be_deleted_while_it_stands()
    {
        var name = await SetUpAsync("id,day,mau\nknown,2024-01-15,1\n");
        (await ResolveAsync(name, "X-1", $$""" "create":{"id":"{{name}}-new","name":" New ","domains":["{{name}}-new.example"]} """))
            .Is(202);
        var made = (await GetAsync($"accounts/{name}-new")).Is(200).Json;
        Assert.Equal(("New", "local"), (Text(made, "name"), Text(made, "by")));
        Assert.Equal(["in-use account"], (await ApiCall.SendAsync(Http, "DELETE", $"accounts/{name}-new")).Is(409).Errors);
        (await ApiCall.SendAsync(Http, "DELETE", $"unmatched/resolutions?integration={name}&by=crmId&key=X-1")).Is(204);
        (await ApiCall.SendAsync(Http, "DELETE", $"accounts/{name}-new")).Is(204);
    }

    private async Task<string> SetUpAsync(string csv)
    {
        var name = app.Unique("waits");
        await PutAsync($"products/{name}", """{"name":"P","snapshotPeriod":"monthly"}""");
        await PutAsync($"products/{name}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""");
        await PutAsync($"accounts/{name}-a", $$"""{"name":"Acme {{name}}","crmId":"{{name}}-crm","domains":["{{name}}.example"]}""");
        await PutAsync($"accounts/{name}-b", """{"name":"Other"}""");
        await PutAsync($"integrations/{name}", $$"""
            {"name":"I","match":[{"by":"crmId","column":"id"}],"allowMultipleRowsPerCustomer":true,
             "products":[{"product":"{{name}}","dateColumn":"day","dimensions":[{"column":"mau","dimension":"mau"}]}]}
            """);
        await app.Api.ImportAsync(name, "first.csv", csv.Replace("UNIQUE", name, StringComparison.Ordinal));
        return name;
    }

    private async Task PutAsync(string path, string body) => (await ApiCall.SendAsync(Http, "PUT", path, body)).Is(201);

    private Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(Http, "GET", path);

    private Task<ApiCall> ListAsync(string integration, string more = "") => GetAsync($"unmatched?integration={integration}{more}");

    private Task<ApiCall> ResolveAsync(string integration, string key, string what) => ApiCall.SendAsync(
        Http, "POST", "unmatched/resolve", $$"""{"integration":"{{integration}}","by":"crmId","key":"{{key}}",{{what}}}""");

    private static IEnumerable<string> Keys(ApiCall answer) =>
        answer.Is(200).Json.GetProperty("items").EnumerateArray().Select(item => Text(item, "key"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
