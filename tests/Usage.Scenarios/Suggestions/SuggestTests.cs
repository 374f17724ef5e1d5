using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usage.Scenarios.App;
using Usage.Testing.Suggestions;

namespace Usage.Scenarios.Suggestions;

/// <summary>
/// A proposal, and a test run with it as it stands, over the whole app: draft, products and file in one form. No test run makes anything.
/// </summary>
public sealed class SuggestTests(AppFixture app) : IClassFixture<AppFixture>
{
    public static TheoryData<string> Names => new(SuggestFolder.Names.Where((_, place) => place % Scale.SuggestPart == 0));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Test_run_accepts_the_proposal_as_it_stands(string name)
    {
        var file = SuggestFolder.Load(name);
        foreach (var account in file.Accounts) await app.Api.PutAsync($"accounts/{(string)account["id"]!}", Without(account, "id"));
        foreach (var product in file.Products) await SetUpAsync(product);
        try
        {
            var proposal = await SuggestAsync(file);
            var score = new SuggestScore(file, proposal, id => id);
            Assert.Empty(score.WrongKeys);
            if (name.StartsWith("suggest-", StringComparison.Ordinal))
                Assert.DoesNotContain(score.Points(), point => !point.Got);
            if (file.TestRun is { } expected) Check(file, expected, await TryAsync(file, proposal));
            var made = (await app.Api.GetAsync("products")).GetProperty("items").EnumerateArray()
                .Select(product => product.GetProperty("id").GetString());
            Assert.Equal(file.Products.Select(product => (string)product["id"]!).Order(), made.Order());
        }
        finally
        {
            // The next file's products and accounts are all that there is.
            foreach (var account in file.Accounts) (await app.Api.Http.DeleteAsync($"accounts/{(string)account["id"]!}")).Dispose();
            foreach (var product in file.Products) await DeleteAsync(product);
        }
    }

    private async Task<JsonObject> SuggestAsync(SuggestCase file)
    {
        using var body = new ByteArrayContent(file.Content);
        using var answer = await app.Api.Http.PostAsync($"integrations/suggest?name={Uri.EscapeDataString(file.Name)}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == (int)file.Expected["status"]!, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<JsonElement> TryAsync(SuggestCase file, JsonObject proposal)
    {
        using var content = new ByteArrayContent(file.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent
        {
            { content, "file", file.Name },
            { new StringContent(proposal["integration"]!.ToJsonString()), "integration" },
            { new StringContent(proposal["products"]!.ToJsonString()), "products" },
        };
        using var answer = await app.Api.Http.PostAsync("test-runs", form);
        var started = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True((int)answer.StatusCode == 202, $"{started}");
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"test-runs/{started.GetProperty("runId").GetString()}"),
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
    }

    private static void Check(SuggestCase file, JsonObject expected, JsonElement run)
    {
        Assert.True((string)expected["status"]! == run.GetProperty("status").GetString(), $"{run}");
        Assert.Equal(JsonValueKind.Null, run.GetProperty("error").ValueKind);
        foreach (var (outcome, count) in expected["rows"]!.AsObject())
            Assert.True((long)count! == run.GetProperty("rows").GetProperty(outcome).GetInt64(), $"{outcome}: expected {count}: {run}");
        if (file.RowAccounts is not { } accounts) return;
        Assert.Equal(accounts.Take(100), run.GetProperty("preview").EnumerateArray().Select(row =>
            row.GetProperty("account") is { ValueKind: JsonValueKind.Object } account ? account.GetProperty("id").GetString() : null));
    }

    private async Task SetUpAsync(JsonObject product)
    {
        var id = (string)product["id"]!;
        await app.Api.PutAsync($"products/{id}", Without(product, "id", "dimensions"));
        foreach (var dimension in product["dimensions"]!.AsArray())
            await app.Api.PutAsync($"products/{id}/dimensions/{(string)dimension!["id"]!}", Without((JsonObject)dimension, "id"));
    }

    private async Task DeleteAsync(JsonObject product)
    {
        using var answer = await app.Api.Http.DeleteAsync($"products/{(string)product["id"]!}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static JsonObject Without(JsonObject body, params string[] members)
    {
        var copy = (JsonObject)body.DeepClone();
        foreach (var member in members) copy.Remove(member);
        return copy;
    }
}
