using Usage.Scenarios.App;

namespace Usage.Scenarios.Access;

/// <summary>Every operation, asked by everybody: who may is what this table says, whatever the app's own declarations say.</summary>
[Collection(LockedApp.Name)]
public sealed class RoleTests(LockedApp app)
{
    [Fact]
    public async Task Every_operation_lets_those_in_whom_the_table_names_and_nobody_else()
    {
        var own = app.Unique("own");
        var (run, test) = await SetUpAsync(own);
        var soon = DateTimeOffset.UtcNow.AddSeconds(3);
        var expired = (await app.MakeKeyAsync("admin", expiresAt: soon)).Key;
        var callers = new Dictionary<string, string?>
        {
            ["nobody"] = null,
            ["wrong"] = $"usage_abcdefghijkl_{new string('x', 43)}",
            ["expired"] = expired,
            ["own"] = (await app.MakeKeyAsync("dropper", own)).Key,
            ["other"] = (await app.MakeKeyAsync("dropper", "another")).Key,
            ["reader"] = (await app.MakeKeyAsync("reader")).Key,
            ["editor"] = (await app.MakeKeyAsync("editor")).Key,
            ["admin"] = LockedApp.AdminKey,
        };
        await Task.Delay(soon - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(100));
        var operations = (await app.Api.GetAsync("openapi.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(one => one.Name != "parameters")
                .Select(one => $"{one.Name} {path.Name}"))
            .ToList();
        Assert.Equal(RoleTable.Callers.Keys.Order(), operations.Order());

        var wrong = new List<string>();
        foreach (var (operation, may) in RoleTable.Callers)
        {
            foreach (var (caller, key) in callers)
            {
                var allowed = caller == "admin" || may == RoleTable.Everybody || may.Split(", ").Contains(caller);
                var unknown = caller is "nobody" or "wrong" or "expired";
                var expected = allowed ? "let in" : unknown ? "401" : "403";
                var (method, path) = (operation.Split(' ')[0], Fill(operation.Split(' ')[1][1..], own, run, test));
                if (method == "get" && path is "runs" or "test-runs") path += $"?integration={own}";
                if (operation == "post /test-runs") path += $"?integration={own}";
                var answer = await app.SendAsync(
                    key, method.ToUpperInvariant(), path, method is "post" or "put" or "patch" ? "{" : null, "text/csv");
                var found = answer.Status is 401 or 403 ? $"{answer.Status}" : "let in";
                if (found != expected) wrong.Add($"{operation} by {caller}: {found}, expected {expected} ({answer.Text})");
                if (answer.Status == 403 && answer.Json.GetProperty("neededRole").GetString() is null) wrong.Add($"{operation}: no role");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    [Fact]
    public async Task Accounts_are_deleted_by_editors_and_erased_by_admins()
    {
        var (account, editor) = (app.Unique("erased"), (await app.MakeKeyAsync("editor")).Key);
        (await app.SendAsync(editor, "PUT", $"accounts/{account}", """{"name":"Gone"}""", "application/json")).Is(201);

        var refused = (await app.SendAsync(editor, "DELETE", $"accounts/{account}?erase=true")).Is(403);
        Assert.Equal("admin", refused.Json.GetProperty("neededRole").GetString());
        (await app.SendAsync(editor, "GET", $"accounts/{account}")).Is(200);
        (await app.SendAsync(LockedApp.AdminKey, "DELETE", $"accounts/{account}?erase=true")).Is(202);
    }

    [Fact]
    public async Task Reader_sees_no_rows_as_they_came()
    {
        var own = app.Unique("raw");
        var (run, test) = await SetUpAsync(own);
        var (reader, editor) = ((await app.MakeKeyAsync("reader")).Key, (await app.MakeKeyAsync("editor")).Key);
        foreach (var path in new[] { $"runs/{run}/rows", $"runs/{run}/file", $"runs/{run}/rejected.csv" })
        {
            (await app.SendAsync(editor, "GET", path)).Is(200);
            (await app.SendAsync(reader, "GET", path)).Is(403);
        }

        Assert.NotEmpty(await PreviewAsync(editor));
        Assert.Empty(await PreviewAsync(reader));
        // What an issue found is no row.
        foreach (var path in new[] { $"runs/{run}", $"test-runs/{test}", $"runs?integration={own}" })
            Assert.Contains("nobody@here", (await app.SendAsync(reader, "GET", path)).Is(200).Text, StringComparison.Ordinal);

        async Task<IEnumerable<System.Text.Json.JsonElement>> PreviewAsync(string key) =>
            (await app.SendAsync(key, "GET", $"test-runs/{test}")).Is(200).Json.GetProperty("preview").EnumerateArray();
    }

    [Fact]
    public async Task Reader_sees_unmatched_identifiers_but_no_other_cell_of_their_rows()
    {
        var own = app.Unique("keys");
        await SetUpAsync(own);
        var (reader, editor) = ((await app.MakeKeyAsync("reader")).Key, (await app.MakeKeyAsync("editor")).Key);
        var seen = Item(await app.SendAsync(editor, "GET", $"unmatched?integration={own}"));
        var told = Item(await app.SendAsync(reader, "GET", $"unmatched?integration={own}"));
        Assert.Equal(("nobody@here", "nobody@here"), (seen.GetProperty("key").GetString(), told.GetProperty("key").GetString()));
        Assert.Equal("6", seen.GetProperty("context").GetProperty("mau").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, told.GetProperty("context").ValueKind);
        Assert.Single(await SearchAsync(editor));
        Assert.Empty(await SearchAsync(reader));

        async Task<IEnumerable<System.Text.Json.JsonElement>> SearchAsync(string key) =>
            (await app.SendAsync(key, "GET", $"unmatched?integration={own}&search=6")).Json.GetProperty("items").EnumerateArray();

        static System.Text.Json.JsonElement Item(HttpApi.ApiCall answer) => answer.Is(200).Json.GetProperty("items")[0];
    }

    [Fact]
    public async Task Dropper_tries_out_only_with_its_own_integration_and_lists_only_its_runs()
    {
        var (own, other) = (app.Unique("mine"), app.Unique("theirs"));
        await SetUpAsync(own);
        var (run, _) = await SetUpAsync(other);
        var key = (await app.MakeKeyAsync("dropper", own)).Key;
        (await app.SendAsync(key, "POST", $"test-runs?integration={own}", $"{{\"integration\":\"{other}\",\"blob\":\"{other}/x.csv\"}}"))
            .Is(403);
        (await app.SendAsync(key, "POST", $"test-runs?integration={own}", "--part--", "multipart/form-data; boundary=part")).Is(403);
        (await app.SendAsync(key, "POST", $"test-runs?integration={own}&integration={other}", "a\n", "text/csv")).Is(403);
        (await app.SendAsync(key, "GET", "runs")).Is(403);
        (await app.SendAsync(key, "GET", $"runs?integration={other}")).Is(403);
        (await app.SendAsync(key, "GET", $"runs/{run}")).Is(403);
        (await app.SendAsync(key, "GET", $"runs/{run}?integration={own}")).Is(403);
        (await app.SendAsync(key, "GET", $"runs?integration={own}")).Is(200);
    }

    [Fact]
    public async Task Revoked_key_is_refused_at_once_and_no_answer_or_log_holds_it()
    {
        var (key, id) = await app.MakeKeyAsync("editor");
        (await app.SendAsync(key, "GET", "products")).Is(200);
        var listed = (await app.SendAsync(LockedApp.AdminKey, "GET", "keys?top=1000")).Is(200).Text;
        Assert.Contains(id, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed, StringComparison.Ordinal);
        Assert.Contains("lastUsedAt", listed, StringComparison.Ordinal);
        (await app.SendAsync(LockedApp.AdminKey, "DELETE", $"keys/{id}")).Is(204);
        (await app.SendAsync(key, "GET", "products")).Is(401);
        (await app.SendAsync(null, "GET", $"products?code={LockedApp.AdminKey}")).Is(401);
        var audit = (await app.SendAsync(LockedApp.AdminKey, "GET", "audit?top=1000")).Is(200).Text;
        Assert.DoesNotContain(key, audit + app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(LockedApp.AdminKey, audit + app.Log, StringComparison.Ordinal);
    }

    private async Task<(string Run, string Test)> SetUpAsync(string name)
    {
        await PutAsync($"products/{name}", """{"name":"P","snapshotPeriod":"monthly"}""");
        await PutAsync($"products/{name}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""");
        await PutAsync($"accounts/{name}", $$"""{"name":"A","crmId":"{{name}}"}""");
        await PutAsync($"integrations/{name}", $$"""
            {"name":"I","match":[{"by":"crmId","column":"id"}],
             "products":[{"product":"{{name}}","dimensions":[{"column":"mau","dimension":"mau"}]}]}
            """);
        var csv = $"id,mau\n{name},5\nnobody@here,6\n";
        return (await EndOfAsync($"integrations/{name}/files?name=x.csv", csv, "runs"),
            await EndOfAsync($"test-runs?integration={name}", csv, "test-runs"));
    }

    private async Task<string> EndOfAsync(string path, string csv, string kind)
    {
        var id = (await app.SendAsync(LockedApp.AdminKey, "POST", path, csv, "text/csv")).Is(202).Json.GetProperty("runId").GetString()!;
        await Api.UntilAsync(
            async () => (await app.SendAsync(LockedApp.AdminKey, "GET", $"{kind}/{id}")).Is(200).Json,
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
        return id;
    }

    private async Task PutAsync(string path, string body) => (await app.SendAsync(LockedApp.AdminKey, "PUT", path, body)).Is(201);

    private static string Fill(string template, string own, string run, string test) => template
        .Replace("test-runs/{run}", $"test-runs/{test}", StringComparison.Ordinal).Replace("{run}", run, StringComparison.Ordinal)
        .Replace("{integration}", own, StringComparison.Ordinal).Replace("{product}", "nothing", StringComparison.Ordinal)
        .Replace("{dimension}", "nothing", StringComparison.Ordinal).Replace("{account}", "nothing", StringComparison.Ordinal)
        .Replace("{segment}", "nothing", StringComparison.Ordinal).Replace("{key}", "nothing", StringComparison.Ordinal)
        .Replace("{upload}", "20260101T000000-0123456789ab", StringComparison.Ordinal).Replace("{block}", "1", StringComparison.Ordinal)
        .Replace("{row}", "1", StringComparison.Ordinal).Replace("{code}", "unmatched", StringComparison.Ordinal)
        .Replace("{date}", "2026-10-01", StringComparison.Ordinal);
}
