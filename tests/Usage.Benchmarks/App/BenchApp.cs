using System.Text;
using System.Text.Json.Nodes;
using Usage.Benchmarks.Files;
using Usage.Core.Ids;
using Usage.Local.Api;
using Usage.Testing.App;

namespace Usage.Benchmarks.App;

/// <summary>The app as a process of its own, configured over its API as an admin would.</summary>
internal sealed class BenchApp : IAsyncDisposable
{
    private readonly RunningApp _app;

    private BenchApp(RunningApp app) => (_app, Api) = (app, new UsageApi(new Uri(app.Url, "/")));

    public UsageApi Api { get; }

    public int WorkerId => _app.WorkerId;

    public int HostId => _app.HostId;

    public static async Task<BenchApp> StartAsync(string storage, CancellationToken cancellationToken) =>
        new(await RunningApp.StartAsync(storage, measured: true, cancellationToken: cancellationToken));

    /// <summary>
    /// A product of this name and an integration of the same name that reads <see cref="UsageFile"/> into it, every date of it if it has
    /// dates.
    /// </summary>
    public async Task ConfigureAsync(string name, bool dates, CancellationToken cancellationToken)
    {
        await Api.PutAsync($"products/{name}", new JsonObject { ["name"] = name, ["snapshotPeriod"] = "monthly" }, cancellationToken);
        foreach (var (_, dimension, type) in SampleMapping.Dimensions)
            await Api.PutAsync($"products/{name}/dimensions/{dimension}",
                new JsonObject { ["name"] = dimension, ["dataType"] = $"{type}".ToLowerInvariant() }, cancellationToken);
        await Api.PutAsync($"integrations/{name}", new JsonObject
        {
            ["name"] = name,
            ["match"] = new JsonArray(new JsonObject { ["by"] = "crmId", ["column"] = "customer_id" }),
            ["allowMultipleRowsPerCustomer"] = dates,
            ["products"] = new JsonArray(new JsonObject
            {
                ["product"] = name,
                ["dateColumn"] = dates ? "day" : null,
                ["dimensions"] = new JsonArray(
                    [.. SampleMapping.Dimensions.Select(d => new JsonObject { ["column"] = d.Column, ["dimension"] = d.Dimension })]),
            }),
        }, cancellationToken);
    }

    public async Task AddAccountsAsync(int count, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        using var body = new StringContent(UsageFile.Accounts(count), Encoding.UTF8, "text/csv");
        using var answer = await http.PostAsync(new Uri(_app.Url, "accounts/import"), body, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(
                $"The accounts can't be imported: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>Takes back what a run wrote.</summary>
    public async Task<RunId> UndoAsync(RunId run, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(_app.Url, $"runs/{run}/undo"), body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"Run {run} can't be undone: {text}");
        return new RunId(JsonNode.Parse(text)!["runId"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        // The next one on this storage mustn't wait for what a dead one would have held.
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
