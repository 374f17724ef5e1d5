using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
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

    /// <summary>What nobody can tell of a file, who its rows are of or what is to be recorded, is left open, and tried so.</summary>
    [Theory]
    [InlineData("day,logins\n2026-10-01,55\n2026-10-02,66\n", 2)]
    [InlineData("account,day,seats\n", 0)]
    [InlineData("account\nacme\nglobex\n", 2)]
    public async Task Test_run_takes_a_proposal_that_leaves_something_open(string text, int unmatched)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var proposal = await SuggestAsync(content, "open.csv", 200);
        var run = await EndOfAsync(await StartAsync(content, "open.csv", proposal, withProducts: true));
        Assert.Equal(unmatched, run.GetProperty("rows").GetProperty("unmatched").GetInt32());
        Assert.Equal(unmatched, run.GetProperty("rows").GetProperty("read").GetInt32());

        var (status, refused) = await StartAsync(content, "open.csv", proposal, withProducts: false);
        Assert.True(status == 400, $"{refused}");
    }

    private Task<JsonObject> SuggestAsync(SuggestCase file) => SuggestAsync(file.Content, file.Name, (int)file.Expected["status"]!);

    private async Task<JsonObject> SuggestAsync(byte[] content, string name, int status)
    {
        using var body = new ByteArrayContent(content);
        using var answer = await app.Api.Http.PostAsync($"integrations/suggest?name={Uri.EscapeDataString(name)}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<JsonElement> TryAsync(SuggestCase file, JsonObject proposal) =>
        await EndOfAsync(await StartAsync(file.Content, file.Name, proposal, withProducts: true));

    private async Task<(int Status, JsonElement Answer)> StartAsync(byte[] file, string name, JsonObject proposal, bool withProducts)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent
        {
            { content, "file", name },
            { new StringContent(proposal["integration"]!.ToJsonString()), "integration" },
        };
        if (withProducts) form.Add(new StringContent(proposal["products"]!.ToJsonString()), "products");
        using var answer = await app.Api.Http.PostAsync("test-runs", form);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<JsonElement> EndOfAsync((int Status, JsonElement Answer) started)
    {
        Assert.True(started.Status == 202, $"{started.Answer}");
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"test-runs/{started.Answer.GetProperty("runId").GetString()}"),
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
