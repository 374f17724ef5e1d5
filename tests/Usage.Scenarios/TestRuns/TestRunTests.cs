using System.Text;
using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Scenarios.Imports;
using Usage.Testing.Machine;

namespace Usage.Scenarios.TestRuns;

[Collection(SmallBatches.Name)]
public sealed class TestRunTests(SmallBatches app)
{
    private static readonly string[] Untouched =
        ["snapshots", "snapshotdates", "reportpoints", "receipts", "unmatched", "accounts", "products", "runqueue"];

    [SlowFact]
    public async Task Test_run_writes_nothing_and_the_import_does_what_it_said()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(
            page.Integration, "before.csv",
            $"{SourcePage.Header}\n{page.CrmIds[0]},400,25000,,\n{page.CrmIds[1]},150,8000,Professional,true\n");
        var csv = page.Csv + "CUST999,1,,,\n";
        var before = await CountsAsync();

        var test = await TestAsync($"test-runs?integration={page.Integration}", new StringContent(csv, Encoding.UTF8, "text/csv"));

        Assert.Equal(before, await CountsAsync());
        Assert.Equal("test", test.GetProperty("kind").GetString());
        Assert.Equal("""{"new":6,"changed":1,"unchanged":5,"removed":0}""", test.GetProperty("changes").ToString());
        var preview = test.GetProperty("preview");
        Assert.Equal(4, preview.GetArrayLength());
        Assert.Equal(page.Accounts[0], preview[0].GetProperty("account").GetProperty("id").GetString());
        Assert.Equal("crmId", preview[0].GetProperty("account").GetProperty("matchedBy").GetString());
        Assert.Equal("""{"new":500,"old":400}""",
            preview[0].GetProperty("snapshots")[0].GetProperty("values").GetProperty("monthly_active_users").ToString());
        Assert.Equal("unmatched", preview[3].GetProperty("outcome").GetString());

        var run = await app.Api.ImportAsync(page.Integration, "real.csv", csv);
        foreach (var member in new[] { "status", "rows", "snapshots", "values", "dates", "issues", "sha256" })
            Assert.Equal(test.GetProperty(member).ToString(), run.GetProperty(member).ToString());
    }

    [SlowFact]
    public async Task Draft_is_tried_on_a_file_in_a_form_and_on_a_dropped_one()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(page.Integration, "there.csv", page.Csv);
        var draft = page.Body(body => body["allowMultipleRowsPerCustomer"] = true);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.Csv), "file", "mine.csv" },
            { new StringContent(JsonSerializer.Serialize(draft)), "integration" },
        };

        var formed = await TestAsync("test-runs", form);
        var dropped = await TestAsync("test-runs", new StringContent(
            JsonSerializer.Serialize(new { integration = draft, blob = $"{page.Integration}/there.csv" }), Encoding.UTF8,
            "application/json"));

        Assert.Equal("""{"new":0,"changed":0,"unchanged":12,"removed":0}""", formed.GetProperty("changes").ToString());
        Assert.Equal(0, formed.GetProperty("version").GetInt32());
        Assert.Equal("succeeded", dropped.GetProperty("status").GetString());
        Assert.Equal($"{page.Integration}/there.csv", dropped.GetProperty("blob").GetString());
        Assert.Contains(
            (await app.Api.GetAsync("test-runs")).GetProperty("items").EnumerateArray(),
            run => run.GetProperty("id").GetString() == dropped.GetProperty("id").GetString());
        Assert.DoesNotContain(
            (await app.Api.GetAsync("runs?top=1000")).GetProperty("items").EnumerateArray(),
            run => run.GetProperty("kind").GetString() == "test");
    }

    [Fact]
    public async Task Draft_with_problems_is_refused_with_all_of_them()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(page.Integration, "there.csv", page.Csv);
        var draft = page.Body(body => (body["name"], body["products"]) = ("", new[] { new { product = "no-such-product" } }));

        var (status, problem) = await app.Api.PostAsync(
            "test-runs", JsonSerializer.Serialize(new { integration = draft, blob = $"{page.Integration}/there.csv" }), "application/json");

        Assert.True(status is 400 or 409, problem.ToString());
        Assert.True(problem.GetProperty("errors").GetArrayLength() > 1);
    }

    private async Task<JsonElement> TestAsync(string path, HttpContent content)
    {
        using var answer = await app.Api.Http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 202, text);
        var id = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("runId").GetString();
        Assert.EndsWith($"/api/test-runs/{id}", answer.Headers.Location!.ToString());
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"test-runs/{id}"),
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
    }

    private async Task<List<(string, int)>> CountsAsync()
    {
        await Api.UntilAsync(() => app.CountAsync("runqueue"), waiting => waiting == 0);
        var counts = new List<(string, int)>();
        foreach (var table in Untouched) counts.Add((table, await app.CountAsync(table)));
        return counts;
    }
}
