
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
