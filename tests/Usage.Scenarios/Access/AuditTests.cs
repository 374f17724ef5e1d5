using Usage.Scenarios.App;

namespace Usage.Scenarios.Access;

/// <summary>What was done is told afterwards: by whom, to what, from what to what.</summary>
[Collection(LockedApp.Name)]
public sealed class AuditTests(LockedApp app)
{
    [Fact]
    public async Task Changes_are_told_with_what_was_there_before_and_after()
    {
        var product = app.Unique("audited");
        var editor = (await app.MakeKeyAsync("editor")).Key;
        (await app.SendAsync(editor, "PUT", $"products/{product}", """{"name":"One","snapshotPeriod":"monthly"}""")).Is(201);
        (await app.SendAsync(editor, "PUT", $"products/{product}", """{"name":"Two","snapshotPeriod":"monthly"}""")).Is(200);
        (await app.SendAsync(editor, "PUT", $"products/{product}", "{")).Is(400);
        (await app.SendAsync(editor, "DELETE", $"products/{product}")).Is(204);

        var entries = (await app.SendAsync(LockedApp.AdminKey, "GET", $"audit?resource=products/{product}")).Is(200).Json
            .GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["DeleteProduct 204 Two -", "PutProduct 400 - -", "PutProduct 200 One Two", "PutProduct 201 - One"],
            entries.Select(entry =>
                $"{entry.GetProperty("action")} {entry.GetProperty("status")} {Name(entry, "before")} {Name(entry, "after")}"));
        Assert.All(entries, entry => Assert.Equal("editor of a test", entry.GetProperty("actor").GetString()));
        Assert.Equal(4, entries.Select(entry => entry.GetProperty("requestId").GetString()).Distinct().Count());

        var first = (await app.SendAsync(LockedApp.AdminKey, "GET", $"audit?resource=products/{product}&top=3")).Is(200).Json;
        var rest = (await app.SendAsync(
            LockedApp.AdminKey, "GET", $"audit?resource=products/{product}&after={first.GetProperty("next").GetString()}")).Is(200).Json;
        Assert.Equal(201, Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("status").GetInt32());
        var csv = await app.SendAsync(
            LockedApp.AdminKey, "GET", $"audit?resource=products/{product}", headers: ("Accept", "text/csv"));
        Assert.Equal("text/csv", csv.MediaType);
        Assert.Equal(5, csv.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Whose_value_was_explained_is_told()
    {
        var (account, product) = (app.Unique("explained"), app.Unique("explained"));
        var editor = (await app.MakeKeyAsync("editor")).Key;
        (await app.SendAsync(editor, "PUT", $"accounts/{account}", """{"name":"Explained"}""")).Is(201);
        (await app.SendAsync(editor, "PUT", $"products/{product}", """{"name":"P","snapshotPeriod":"monthly"}""")).Is(201);
        (await app.SendAsync(editor, "PUT", $"products/{product}/dimensions/n", """{"name":"N","dataType":"numeric"}""")).Is(201);
        (await app.SendAsync(editor, "PUT", $"integrations/{product}", $$"""
            {"name":"I","match":[{"by":"accountId","column":"id"}],
             "products":[{"product":"{{product}}","dimensions":[{"column":"n","dimension":"n"}]}]}
            """)).Is(201);
        var sent = (await app.SendAsync(
            editor, "POST", $"integrations/{product}/files?name=a.csv", $"id,n\n{account},5\n", "text/csv")).Is(202);
        var run = await Api.UntilAsync(
            async () => (await app.SendAsync(editor, "GET", $"runs/{sent.Json.GetProperty("runId").GetString()}")).Is(200).Json,
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
        var value = $"product={product}&date={run.GetProperty("dates")[0].GetProperty("date").GetString()}&dimension=n";

        (await app.SendAsync(editor, "GET", $"explain?account={account}&{value}")).Is(200);

        var entries = (await app.SendAsync(LockedApp.AdminKey, "GET", "audit?action=ExplainValue")).Is(200).Json.GetProperty("items");
        var told = $"accounts/{account}/explain?{value}";
        Assert.Contains(entries.EnumerateArray(), entry => entry.GetProperty("resource").GetString() == told);
    }

    [Fact]
    public async Task Wrong_keys_are_told_by_address()
    {
        (await app.SendAsync("a key that nobody made", "GET", "products")).Is(401);
        var entries = (await app.SendAsync(LockedApp.AdminKey, "GET", "audit?action=SignInFailed")).Is(200).Json.GetProperty("items");
        Assert.Contains(entries.EnumerateArray(), entry => entry.GetProperty("actor").GetString() == "127.0.0.1"
            && entry.GetProperty("resource").GetString() == "products" && entry.GetProperty("status").GetInt32() == 401);
    }

    private static string Name(System.Text.Json.JsonElement entry, string member) =>
        entry.GetProperty(member) is { ValueKind: System.Text.Json.JsonValueKind.Object } value
            ? value.GetProperty("name").GetString()! : "-";
}
