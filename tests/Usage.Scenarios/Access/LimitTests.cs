using System.Text;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Scenarios.Imports;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Access;

/// <summary>What is costly is done so often at once and no more; who is refused is told when to come again.</summary>
public sealed class LimitTests(LimitTests.NarrowApp app) : IClassFixture<LimitTests.NarrowApp>
{
    private const int Limit = 3;

    [SlowFact]
    public async Task Uploads_of_an_integration_past_the_queue_are_refused_until_a_run_has_ended()
    {
        var (page, other) = (await SourcePage.SetUpAsync(app), await SourcePage.SetUpAsync(app));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => SendAsync(
            $"integrations/{page.Integration}/files?name={number}.csv", Long(page))));

        var taken = answers.Where(answer => answer.Status == 202).ToList();
        Assert.InRange(taken.Count, 1, Limit);
        for (var more = taken.Count; more < Limit; more++)
            taken.Add((await SendAsync($"integrations/{page.Integration}/files?name=more-{more}.csv", Long(page))).Is(202));
        Refused(await SendAsync($"integrations/{page.Integration}/files?name=late.csv", Long(page)), "30",
            $"3 runs of {page.Integration} wait for their turn already, which is as many as may. Try again in 30 s.");
        Assert.False((await app.Imports.GetBlobClient($"{page.Integration}/late.csv").ExistsAsync()).Value);
        (await SendAsync($"integrations/{other.Integration}/files?name=a.csv", other.Csv)).Is(202);

        await app.Api.EndOfAsync(taken[0].Json.GetProperty("runId").GetString()!);
        await Api.UntilAsync(
            () => SendAsync($"integrations/{page.Integration}/files?name=late.csv", page.Csv), answer => answer.Status == 202);
    }

    [SlowFact]
    public async Task Fixes_files_again_and_replays_wait_in_the_same_queue()
    {
        var page = await SourcePage.SetUpAsync(app);
        var first = (await SendAsync($"integrations/{page.Integration}/files?name=first.csv", page.Csv)).Is(202);
        var run = (await app.Api.EndOfAsync(first.Json.GetProperty("runId").GetString()!)).GetProperty("id").GetString();
        for (var number = 0; number < Limit; number++)
            (await SendAsync($"integrations/{page.Integration}/files?name={number}.csv", Long(page))).Is(202);

        var why = $"3 runs of {page.Integration} wait for their turn already, which is as many as may. Try again in 30 s.";
        const string Rule = """{"rules":[{"column":"mau","found":"N/A","becomes":"5"}]}""";
        Refused(await ApiCall.SendAsync(app.Api.Http, "POST", $"runs/{run}/fixes", Rule), "30", why);
        (await ApiCall.SendAsync(app.Api.Http, "POST", $"runs/{run}/fixes?preview=true", Rule)).Is(200);
        Refused(await ApiCall.SendAsync(app.Api.Http, "POST", $"runs/{run}/again", "{}"), "30", why);
        var resolve = $$$"""{"integration":"{{{page.Integration}}}","by":"crmId","key":"x","account":"{{{page.Accounts[2]}}}"}""";
        Refused(await ApiCall.SendAsync(app.Api.Http, "POST", "unmatched/resolve", resolve), "30", why);
        // Nothing is imported for what is ignored.
        var ignore = $$$"""{"integration":"{{{page.Integration}}}","by":"crmId","key":"x","ignore":{"reason":"none"}}""";
        (await ApiCall.SendAsync(app.Api.Http, "POST", "unmatched/resolve", ignore)).Is(202);
    }

    [SlowFact]
    public async Task Test_runs_past_those_under_way_are_refused_until_one_has_ended()
    {
        var page = await SourcePage.SetUpAsync(app);
        var path = $"test-runs?integration={page.Integration}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(path, Long(page))));

        var taken = answers.Where(answer => answer.Status == 202).ToList();
        Assert.InRange(taken.Count, 1, Limit);
        for (var more = taken.Count; more < Limit; more++) (await SendAsync(path, Long(page))).Is(202);
        Refused(await SendAsync(path, page.Csv), "5",
            "3 test runs are under way already, which is as many as may be at once. Try again in 5 s.");
        await Api.UntilAsync(() => SendAsync(path, page.Csv), answer => answer.Status == 202);
    }

    [SlowFact]
    public async Task Suggestions_past_those_under_way_are_refused_until_one_has_ended()
    {
        const string Csv = "account,mau\nacme,5\n";
        // Each is looked at for a while, so that of so many at once some find all places taken.
        var large = new StringBuilder("account,mau\n");
        for (var row = 0; row < 150_000; row++) large.Append("acme").Append(row).Append(",5\n");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10 * Limit).Select(_ => SendAsync("integrations/suggest", large.ToString())));
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Refused(answer, "5",
            "3 files are looked at for suggestions already, which is as many as may be at once. Try again in 5 s."));
        Assert.Contains(answers, answer => answer.Status == 429);
        (await SendAsync("integrations/suggest", Csv)).Is(200);
    }

    [SlowFact]
    public async Task Uploads_past_those_that_may_be_kept_are_refused_until_one_is_deleted()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync("uploads?name=x.csv", "a\n")));
        var taken = answers.Where(answer => answer.Status == 201).ToList();
        Assert.InRange(taken.Count, 1, Limit);
        for (var more = taken.Count; more < Limit; more++) taken.Add((await SendAsync("uploads?name=x.csv", "a\n")).Is(201));
        var full = (await SendAsync("uploads?name=x.csv", "a\n")).Is(409);
        Assert.Equal(["too-many"], full.Errors);
        Assert.Equal(
            "3 uploads of yours are kept already, which is as many as may be: delete some (DELETE /api/uploads/{id}) first.",
            full.Json.GetProperty("detail").GetString());
        foreach (var upload in taken)
            (await ApiCall.SendAsync(app.Api.Http, "DELETE", $"uploads/{upload.Json.GetProperty("id").GetString()}")).Is(204);
        (await SendAsync("uploads?name=x.csv", "a\n")).Is(201);
    }

    private static void Refused(ApiCall answer, string seconds, string why)
    {
        Assert.Equal(["too-many-requests"], answer.Is(429).Errors);
        Assert.Equal(seconds, answer.Headers.RetryAfter?.ToString());
        Assert.Equal(why, answer.Json.GetProperty("detail").GetString());
    }

    private Task<ApiCall> SendAsync(string path, string csv) => ApiCall.SendAsync(app.Api.Http, "POST", path, csv, "text/csv");

    /// <summary>Each row is a batch of its own here, so that it takes a while.</summary>
    private static string Long(SourcePage page)
    {
        var csv = new StringBuilder(page.Csv);
        for (var row = 0; row < 60; row++) csv.Append(page.CrmIds[0]).Append(",1,1,x,true\n");
        return csv.ToString();
    }

    public sealed class NarrowApp : SlowApp
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Usage__Access__QueuedRunsPerIntegration"] = $"{Limit}",
            ["Usage__Access__TestRunsAtOnce"] = $"{Limit}",
            ["Usage__Access__SuggestsAtOnce"] = $"{Limit}",
            ["Usage__Access__UploadsPerCaller"] = $"{Limit}",
            ["Usage__BatchBytes"] = "1",
        };
    }
}
