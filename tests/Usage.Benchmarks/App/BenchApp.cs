using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Usage.Benchmarks.Files;
using Usage.Local;
using Usage.Local.App;

namespace Usage.Benchmarks.App;

/// <summary>The app as a process of its own, configured over its API as an admin would.</summary>
internal sealed class BenchApp : IAsyncDisposable
{
    private readonly AppProcess _process;

    private BenchApp(AppProcess process) => (_process, Api) = (process, new UsageApi(process.Url));

    public UsageApi Api { get; }

    public int ProcessId => _process.ProcessId;

    public static async Task<BenchApp> StartAsync(string storage, DirectoryInfo folder, CancellationToken cancel)
    {
        folder.Create();
        var app = new BenchApp(await AppProcess.StartAsync(FreePort(), storage, DataFolder.At(folder), cancel));
        await app._process.WaitUntilHealthyAsync(app.Api, cancel);
        return app;
    }

    /// <summary>A product of this name and an integration of the same name that reads <see cref="UsageFile"/> into it, every date of it if it has dates.</summary>
    public async Task ConfigureAsync(string name, bool dates, CancellationToken cancel)
    {
        await Api.PutAsync($"products/{name}", new JsonObject { ["name"] = name, ["snapshotPeriod"] = "monthly" }, cancel);
        foreach (var (_, dimension, type) in SampleMapping.Dimensions)
            await Api.PutAsync($"products/{name}/dimensions/{dimension}", new JsonObject { ["name"] = dimension, ["dataType"] = $"{type}".ToLowerInvariant() }, cancel);
        await Api.PutAsync($"integrations/{name}", new JsonObject
        {
            ["name"] = name,
            ["match"] = new JsonArray(new JsonObject { ["by"] = "crmId", ["column"] = "customer_id" }),
            ["allowMultipleRowsPerCustomer"] = dates,
            ["products"] = new JsonArray(new JsonObject
            {
                ["product"] = name,
                ["dateColumn"] = dates ? "day" : null,
                ["dimensions"] = new JsonArray([.. SampleMapping.Dimensions.Select(d => new JsonObject { ["column"] = d.Column, ["dimension"] = d.Dimension })]),
            }),
        }, cancel);
    }

    public async Task AddAccountsAsync(int count, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        using var body = new StringContent(UsageFile.Accounts(count), Encoding.UTF8, "text/csv");
        using var answer = await http.PostAsync(new Uri(_process.Url, "api/accounts/import"), body, cancel);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The accounts can't be imported: {await answer.Content.ReadAsStringAsync(cancel)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Api.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
