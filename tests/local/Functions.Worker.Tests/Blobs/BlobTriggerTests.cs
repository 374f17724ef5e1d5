using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Functions.Worker.Tests.App;
using Usage.Local.Azurite;

namespace Functions.Worker.Tests.Blobs;

public sealed class BlobTriggerTests
{
    [Fact]
    public async Task Each_blob_and_ETag_runs_once_also_over_restarts_and_containers_that_come_later()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        using var folder = new AppFolder(azurite.ConnectionString);
        var container = new BlobContainerClient(azurite.ConnectionString, "imports");
        await using (var app = await AppProcess.StartAsync(folder))
        {
            await container.CreateAsync();
            await container.UploadBlobAsync("a/b.csv", BinaryData.FromString("one"));
            var marked = new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["mark"] = "x" } };
            await container.GetBlobClient("ü %20.csv").UploadAsync(BinaryData.FromString("two"), marked);
            await Eventually.TrueAsync(() => folder.Count("blob") == 2, () => app.Output);
            await container.GetBlobClient("a/b.csv").UploadAsync(BinaryData.FromString("three"), overwrite: true);
            await Eventually.TrueAsync(() => folder.Count("blob") == 3, () => app.Output);
            await ReceiptsAsync(azurite, 3);
            Assert.Equal(0, await app.TerminateAsync());
        }

        await using (var app = await AppProcess.StartAsync(folder))
        {
            await container.UploadBlobAsync("last.csv", BinaryData.FromString("four"));
            await Eventually.TrueAsync(() => folder.Count("blob") >= 4, () => app.Output);
        }

        Assert.Equal(
            ["blob a/b.csv 'one' True none", "blob a/b.csv 'three' True none", "blob last.csv 'four' True none", "blob ü %20.csv 'two' True x"],
            folder.Lines.Where(l => l.StartsWith("blob", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("middleware imports/a/b.csv", folder.Lines);
    }

    [Fact]
    public async Task Blob_function_is_run_by_hand_as_often_as_it_is_asked_to()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        using var folder = new AppFolder(azurite.ConnectionString);
        var container = new BlobContainerClient(azurite.ConnectionString, "imports");
        await container.CreateAsync();
        await container.UploadBlobAsync("a/b.csv", BinaryData.FromString("one"));
        await using var app = await AppProcess.StartAsync(folder);
        await Eventually.TrueAsync(() => folder.Count("blob") == 1, () => app.Output);
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Accepted, await RunAsync("imports/a/b.csv"));
        Assert.Equal(HttpStatusCode.Accepted, await RunAsync("imports/gone.csv"));
        Assert.Equal(HttpStatusCode.BadRequest, await RunAsync("other/a/b.csv"));
        Assert.Equal(HttpStatusCode.BadRequest, await RunAsync(""));
        await Eventually.TrueAsync(() => folder.Count("blob a/b.csv") == 3, () => app.Output);

        async Task<HttpStatusCode> RunAsync(string input) => (await app.Http.PostAsJsonAsync("admin/functions/Dropped", new { input })).StatusCode;
    }

    [Fact]
    public async Task Path_pattern_decides_and_binds_and_content_may_be_a_string()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        using var folder = new AppFolder(azurite.ConnectionString);
        var container = new BlobContainerClient(azurite.ConnectionString, "greedy");
        await container.CreateAsync();
        foreach (var name in new[] { "x/1/2/3.csv", "x/1.csv", "y/1/2.csv", "x/1/2.txt" }) await container.UploadBlobAsync(name, BinaryData.FromString("c"));
        await using var app = await AppProcess.StartAsync(folder);
        await container.UploadBlobAsync("x/last/1.csv", BinaryData.FromString("d"));
        await Eventually.TrueAsync(() => folder.Count("greedy last") == 1 && folder.Count("greedy 1/2") == 1, () => app.Output);
        Assert.Equal(
            ["greedy 1/2|3|c|greedy/x/1/2/3.csv", "greedy last|1|d|greedy/x/last/1.csv"],
            folder.Lines.Where(l => l.StartsWith("greedy", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Blob_that_fails_is_tried_five_times_then_reported_and_left()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        using var folder = new AppFolder(azurite.ConnectionString);
        var container = new BlobContainerClient(azurite.ConnectionString, "imports");
        await container.CreateAsync();
        await container.UploadBlobAsync("bad/x.csv", BinaryData.FromString("oops"));
        var etag = (await container.GetBlobClient("bad/x.csv").GetPropertiesAsync()).Value.ETag;
        await using (var app = await AppProcess.StartAsync(folder))
        {
            await ReceiptsAsync(azurite, 1);
            Assert.Contains("Blob bad/x.csv failed 5 times; a message is in queue webjobs-blobtrigger-poison", app.Output, StringComparison.Ordinal);
        }

        await using (var app = await AppProcess.StartAsync(folder))
        {
            await container.UploadBlobAsync("good.csv", BinaryData.FromString("fine"));
            await Eventually.TrueAsync(() => folder.Count("blob good.csv") == 1, () => app.Output);
        }

        Assert.Equal(5, folder.Count("blob bad/x.csv"));
        var message = JsonSerializer.Deserialize<Dictionary<string, string>>(await PoisonMessages.PeekAsync(azurite))!;
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Type"] = "BlobTrigger",
                ["FunctionId"] = "Host.Functions.Dropped",
                ["BlobType"] = "BlockBlob",
                ["ContainerName"] = "imports",
                ["BlobName"] = "bad/x.csv",
                ["ETag"] = etag.ToString("H"),
            },
            message);
    }

    [Fact]
    public async Task Trigger_survives_a_restart_of_the_storage_with_one_line_of_log()
    {
        var data = Directory.CreateTempSubdirectory("azurite-");
        var azurite = await AzuriteProcess.StartAsync(data.FullName);
        using var folder = new AppFolder(azurite.ConnectionString);
        var container = new BlobContainerClient(azurite.ConnectionString, "imports");
        await container.CreateAsync();
        await container.UploadBlobAsync("before.csv", BinaryData.FromString("1"));
        await using var app = await AppProcess.StartAsync(folder);
        await ReceiptsAsync(azurite, 1);
        await azurite.StopAsync();
        await Eventually.TrueAsync(() => app.Output.Contains("can't be listed for function 'Dropped'", StringComparison.Ordinal));
        await using var again = await AzuriteProcess.StartAsync(data.FullName, azurite.Ports);
        await container.UploadBlobAsync("after.csv", BinaryData.FromString("2"));
        await Eventually.TrueAsync(() => folder.Count("blob after.csv") == 1, () => app.Output);
        Assert.Equal(1, folder.Count("blob before.csv"));
        Assert.Single(app.Output.Split('\n'), l => l.Contains("can't be listed for function 'Dropped'", StringComparison.Ordinal));
        await again.StopAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_that_a_kill_cut_short_is_done_again()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        using var folder = new AppFolder(azurite.ConnectionString);
        var container = new BlobContainerClient(azurite.ConnectionString, "imports");
        await container.CreateAsync();
        await container.UploadBlobAsync("bad/x.csv", BinaryData.FromString("1"));
        await using (var app = await AppProcess.StartAsync(folder))
        {
            await Eventually.TrueAsync(() => folder.Count("blob") >= 1, () => app.Output);
            await app.KillAsync();
        }

        var seen = folder.Count("blob");
        await using var again = await AppProcess.StartAsync(folder);
        await Eventually.TrueAsync(() => folder.Count("blob") > seen, () => again.Output);
    }

    private static Task ReceiptsAsync(AzuriteProcess azurite, int count) => Eventually.TrueAsync(async () =>
    {
        var found = 0;
        var container = new BlobContainerClient(azurite.ConnectionString, "azure-webjobs-hosts");
        if (!await container.ExistsAsync()) return false;
        await foreach (var receipt in container.GetBlobsAsync(new GetBlobsOptions { Prefix = "blobreceipts/functions-worker-tests-app/Host.Functions.Dropped/\"0x" })) found++;
        Assert.True(found <= count, $"{found} receipts");
        return found == count;
    });
}
