using Usage.Local.Azurite;
using Usage.Scenarios.HttpApi;
using Usage.Testing.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Local;

/// <summary>Storage on a disk without room says so, and takes nothing that it would lose.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("usage-full-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [SlowFact]
    public async Task Writes_end_at_once_with_an_error_in_words_and_health_says_so_until_there_is_room()
    {
        var ports = FreePorts.Take(3);
        var azurite = await AzuriteProcess.StartAsync(_data, ports);
        await using var app = await RunningApp.StartAsync(azurite.ConnectionString);
        using var http = new HttpClient { BaseAddress = app.Url, Timeout = TimeSpan.FromMinutes(1) };
        (await ApiCall.SendAsync(http, "PUT", "products/platform", """{"name":"Platform","snapshotPeriod":"monthly"}""")).Is(201);
        (await ApiCall.SendAsync(http, "PUT", "products/platform/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        const string Integration = """
            {"name":"U","match":[{"by":"crmId","column":"c"}],
             "products":[{"product":"platform","dimensions":[{"column":"mau","dimension":"mau"}]}]}
            """;
        (await ApiCall.SendAsync(http, "PUT", "integrations/usage", Integration)).Is(201);

        await azurite.DisposeAsync();
        // No disk has so much room, so that this one is full.
        azurite = await AzuriteProcess.StartAsync(_data, ports, reservedBytes: long.MaxValue / 2);
        Assert.Equal("""{"status":"unhealthy","dependencies":{"tables":"unhealthy","blobs":"unhealthy"}}""",
            (await ApiCall.SendAsync(http, "GET", "health")).Is(503).Text);
        var upload = (await ApiCall.SendAsync(http, "POST", "integrations/usage/files?name=x.csv", "c,mau\nA,1\n", "text/csv")).Is(503);
        Assert.Equal("The storage has no room left, so nothing was written: free space on its disk, then try again.",
            upload.Json.GetProperty("detail").GetString());
        (await ApiCall.SendAsync(http, "GET", "products/platform")).Is(200);

        await azurite.DisposeAsync();
        await using var roomy = await AzuriteProcess.StartAsync(_data, ports);
        await app.WaitUntilHealthyAsync();
        (await ApiCall.SendAsync(http, "POST", "integrations/usage/files?name=x.csv", "c,mau\nA,1\n", "text/csv")).Is(202);
    }
}
