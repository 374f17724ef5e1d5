using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Usage.Core.Outbound;
using Usage.Scenarios.App;
using Usage.Scenarios.Imports;
using Usage.Storage;
using Usage.Storage.Pulls;
using Usage.Testing.Machine;
using Usage.Testing.Servers;

namespace Usage.Scenarios.Pulls;

/// <summary>The whole way of a pulled file, from the request to the notice of its end.</summary>
[Collection(TellingApp.Name)]
public sealed class PullTests(TellingApp app)
{
    [Fact]
    public async Task Pulled_file_is_imported_like_a_dropped_one_and_its_end_is_told()
    {
        var page = await SourcePage.SetUpAsync(app);
        await using var server = await ExportServer.StartAsync(
            (http, _) => http.Request.Path == "/hook" ? Task.CompletedTask : SendAsync(http, page.Csv));
        await PutAsync(page, server, notify: true);

        var (status, body) = await app.Api.PostAsync($"integrations/{page.Integration}/pull", "");

        Assert.Equal((202, "queued"), (status, body.GetProperty("status").GetString()));
        var pull = await EndOfPullAsync(page);
        Assert.Equal("pulled", pull.GetProperty("status").GetString());
        var run = await app.Api.EndOfBlobAsync(pull.GetProperty("blob").GetString()!);
        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Equal(3, run.GetProperty("rows").GetProperty("recorded").GetInt64());
        Assert.Equal("Bearer s3cret", server.Requests.First()["Authorization"]);

        var notice = await Api.UntilAsync(
            () => Task.FromResult(server.Requests.FirstOrDefault(request => request.Path == "/hook")), seen => seen is not null);
        var at = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(notice!["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(run.GetProperty("id").GetString(), notice["webhook-id"]);
        Assert.Equal(WebhookSignature.Sign(TellingApp.HookSecret, notice["webhook-id"]!, at, notice.Body), notice["webhook-signature"]);
        Assert.Equal("succeeded", JsonDocument.Parse(notice.Body).RootElement.GetProperty("run").GetProperty("status").GetString());

        await app.Api.PostAsync($"integrations/{page.Integration}/pull", "");
        var again = await Api.UntilAsync(
            () => app.Api.GetAsync($"integrations/{page.Integration}/pull"),
            state => state.GetProperty("status").GetString() == "unchanged");
        Assert.Equal($"{server.Url}/usage.csv: nothing has changed since the last file, so there is no run",
            again.GetProperty("message").GetString());
        Assert.Single((await app.Api.GetAsync($"runs?integration={page.Integration}")).GetProperty("items").EnumerateArray());
        Assert.DoesNotContain("s3cret", app.Log);
    }

    [SlowFact]
    public async Task Nights_that_were_missed_are_caught_up_once_when_the_timer_looks()
    {
        var page = await SourcePage.SetUpAsync(app);
        await using var server = await ExportServer.StartAsync((http, _) => SendAsync(http, page.Csv));
        await PutAsync(page, server);
        var pulls = new PullStore(new UsageTables(app.Tables));
        // The first look notes the schedule, which owes nothing from before. Then it is as if nothing had run for three days.
        await app.Api.TriggerAsync("StartDuePulls");
        await Api.UntilAsync(() => pulls.FindAsync(new(page.Integration), CancellationToken.None), record => record?.Schedule is not null);
        await pulls.ChangeAsync(new(page.Integration), record => record with { DoneUntil = record.DoneUntil.AddDays(-3) },
            CancellationToken.None);

        for (var look = 0; look < 3; look++) await app.Api.TriggerAsync("StartDuePulls");

        var pull = await EndOfPullAsync(page);
        Assert.Equal("pulled", pull.GetProperty("status").GetString());
        Assert.Matches($@"^{page.Integration}/pulled/\d{{8}}T\d{{6}}\.csv$", pull.GetProperty("blob").GetString());
        Assert.Equal("succeeded", (await app.Api.EndOfBlobAsync(pull.GetProperty("blob").GetString()!)).GetProperty("status").GetString());
        await app.Api.TriggerAsync("StartDuePulls");
        Assert.Single(server.Requests);
        Assert.Single((await app.Api.GetAsync($"runs?integration={page.Integration}")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Pull_that_fails_is_a_failed_run_in_the_list()
    {
        var page = await SourcePage.SetUpAsync(app);
        await using var server = await ExportServer.StartAsync((http, _) => { http.Response.StatusCode = 401; return Task.CompletedTask; });
        await PutAsync(page, server);

        await app.Api.PostAsync($"integrations/{page.Integration}/pull", "");

        Assert.Equal("failed", (await EndOfPullAsync(page)).GetProperty("status").GetString());
        var run = Assert.Single((await app.Api.GetAsync($"runs?integration={page.Integration}&status=failed")).GetProperty("items")
            .EnumerateArray());
        Assert.Equal("pull-failed", run.GetProperty("error").GetProperty("code").GetString());
        Assert.StartsWith($"The pull failed: {server.Url}/usage.csv: found the answer 401 Unauthorized",
            run.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Nothing_is_pulled_for_whom_there_is_nothing_to_pull()
    {
        var page = await SourcePage.SetUpAsync(app);

        Assert.Equal(404, (await app.Api.PostAsync("integrations/nobody/pull", "")).Status);
        var (status, body) = await app.Api.PostAsync($"integrations/{page.Integration}/pull", "");

        Assert.Equal((409, "no-source"), (status, body.GetProperty("errors")[0].GetProperty("code").GetString()));
        Assert.Equal("never", (await app.Api.GetAsync($"integrations/{page.Integration}/pull")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Source_that_is_refused_is_not_kept()
    {
        var page = await SourcePage.SetUpAsync(app);
        var body = page.Body(
            body =>
                body["source"] = new
                {
                    url = "https://169.254.169.254/",
                    schedule = "nightly",
                    headers = new Dictionary<string, string> { ["Authorization"] = "Bearer abc" }
                });

        using var answer = await app.Api.Http.PutAsync($"integrations/{page.Integration}", JsonContent.Create(body));

        Assert.Equal(400, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("abc", text);
        Assert.Equal(
            ["source.url", "source.headers.Authorization", "source.schedule"],
            JsonDocument.Parse(text).RootElement.GetProperty("errors").EnumerateArray()
                .Select(error => error.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Secret_is_kept_from_hosts_that_are_not_listed_for_it()
    {
        var page = await SourcePage.SetUpAsync(app);
        var body = page.Body(body =>
        {
            body["source"] = new
            {
                url = "https://evil.example/?x=@secret:TOKEN",
                schedule = "0 0 2 * * *",
                headers = new Dictionary<string, string> { ["Authorization"] = "@secret:TOKEN" },
            };
            body["notify"] = new { url = "https://evil.example/", secret = "@secret:HOOK" };
        });
        string[] expected = ["source.url", "source.headers.Authorization", "notify.secret"];

        using var put = await app.Api.Http.PutAsync($"integrations/{page.Integration}", JsonContent.Create(body));
        Assert.Equal(409, (int)put.StatusCode);
        Assert.Equal(expected.Select(path => $"secret-not-for-host {path}"), await ErrorsAsync(put));

        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.Csv), "file", "mine.csv" }, { JsonContent.Create(body), "integration" },
        };
        using var draft = await app.Api.Http.PostAsync("test-runs", form);
        Assert.Equal(409, (int)draft.StatusCode);
        Assert.Equal(expected.Select(path => $"secret-not-for-host integration.{path}"), await ErrorsAsync(draft));
    }

    private static async Task<IEnumerable<string>> ErrorsAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.GetProperty("code").GetString()} {error.GetProperty("path").GetString()}");

    private Task PutAsync(SourcePage page, ExportServer server, bool notify = false) => page.PutIntegrationAsync(app, body =>
    {
        body["source"] = new
        {
            url = $"{server.Url}/usage.csv",
            schedule = "0 0 2 * * *",
            headers = new { Authorization = "Bearer @secret:TOKEN" }
        };
        if (notify) body["notify"] = new { url = $"{server.Url}/hook", secret = "@secret:HOOK" };
    });

    private Task<JsonElement> EndOfPullAsync(SourcePage page) => Api.UntilAsync(
        () => app.Api.GetAsync($"integrations/{page.Integration}/pull"),
        state => state.GetProperty("status").GetString() is "pulled" or "failed" or "unchanged");

    private static Task SendAsync(HttpContext http, string csv)
    {
        http.Response.Headers.ETag = "\"v1\"";
        if (http.Request.Headers.IfNoneMatch != "\"v1\"") return http.Response.WriteAsync(csv);
        http.Response.StatusCode = 304;
        return Task.CompletedTask;
    }
}
