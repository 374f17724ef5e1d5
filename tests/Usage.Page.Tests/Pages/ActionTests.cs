using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;
using Usage.Testing.Servers;

namespace Usage.Page.Tests.Pages;

/// <summary>What the buttons of a run and of Today do.</summary>
[Collection(SignedApp.Name)]
public sealed class ActionTests(SignedApp app)
{
    private const string Header = "customer_id,company,period,mau,plan\n";

    [Theory]
    [InlineData("Rejected rows", "rejected.csv")]
    [InlineData("File", "file")]
    public async Task Saved_file_is_what_the_api_answers(string name, string path)
    {
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{app.Run}", "To mend");

        var button = visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });
        var saved = await visit.Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());

        Assert.EndsWith("platform-usage-2025.csv", saved.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal(await app.Http.GetStringAsync($"runs/{app.Run}/{path}"), await File.ReadAllTextAsync(await saved.PathAsync()));
    }

    [SlowFact]
    public async Task Run_is_cancelled_while_it_works()
    {
        const int Rows = 300_000;
        await app.ImportOwnAsync("long", $"{Header}CUST-acme,,2019-01-01,1,Pro\n");
        var csv = Header + string.Concat(Enumerable.Range(0, Rows).Select(
            row => string.Create(CultureInfo.InvariantCulture, $"CUST-{row},,2019-02-01,{row},Pro\n")));
        var sent = await app.SendAsync(HttpMethod.Post, "integrations/long/files?name=long.csv", csv, "text/csv");
        var run = sent.GetProperty("runId").GetString()!;
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{run}");

        await visit.Button("Cancel run").ClickAsync();

        await visit.Page.GetByText("Cancelled", new PageGetByTextOptions { Exact = true }).First.WaitForAsync();
        Assert.Equal("cancelled", (await app.EndOfAsync(run)).GetProperty("status").GetString());
    }

    [SlowFact]
    public async Task Failed_pull_is_on_Today_until_its_source_answers_again()
    {
        var broken = true;
        await using var server = await ExportServer.StartAsync((http, _) =>
        {
            http.Response.StatusCode = broken ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK;
            return http.Response.WriteAsync(broken ? "" : $"{Header}CUST-acme,,2018-01-01,5,Pro\n");
        });
        await app.ImportOwnAsync("pulled", $"{Header}CUST-acme,,2018-02-01,1,Pro\n");
        var stored = (await app.Http.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("integrations/pulled"))!;
        stored["source"] = JsonSerializer.SerializeToNode(new { url = $"{server.Url}/usage.csv", schedule = "0 0 2 * * *" });
        await app.SendAsync(HttpMethod.Put, "integrations/pulled", stored.ToJsonString());
        await app.SendAsync(HttpMethod.Post, "integrations/pulled/pull", "");
        await EndsAsync("failed");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync("ui/", "Arrivals");

        await visit.SeesAsync("pulled: its source could not be read");
        await visit.CheckAsync();
        broken = false;
        await visit.Button("Pull now").ClickAsync();
        await EndsAsync("pulled");
        await visit.Page.ReloadAsync();
        await visit.SeesHeadingAsync("Arrivals");

        Assert.Equal(0, await visit.Page.GetByText("its source could not be read").CountAsync());
    }

    private async Task EndsAsync(string status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await StatusAsync() != status) await Task.Delay(100, patience.Token);

        async Task<string?> StatusAsync() => (await app.Http.GetFromJsonAsync<JsonElement>("integrations/pulled/pull", patience.Token))
            .GetProperty("status").GetString();
    }
}
