using System.Text.Json;
using Azure.Storage.Blobs;
using Usage.Testing.Machine;

namespace Usage.Host.Tests;

/// <summary>Blobs and timers, over starts and stops.</summary>
public sealed class EventTests(OwnHost own) : IClassFixture<OwnHost>, IAsyncLifetime
{
    private readonly HostApp _app = own.App;
    private readonly BlobContainerClient _drops = new(own.Storage, "drops");

    public async ValueTask InitializeAsync() => await _drops.CreateIfNotExistsAsync();

    // The next one starts it with settings of its own.
    public async ValueTask DisposeAsync()
    {
        if (_app.IsRunning) await _app.StopAsync();
    }

    [SlowFact]
    public async Task Each_version_of_a_blob_is_told_once_over_restarts_and_also_those_dropped_while_nothing_ran()
    {
        await DropAsync("told/before/ü %20.csv", "one");
        await _app.StartAsync();
        await _app.UntilAsync(() => _app.Count("blob told/") == 1);
        await DropAsync("told/a.csv", "two");
        await _app.UntilAsync(() => _app.Count("blob told/") == 2);
        await DropAsync("told/a.csv", "three");
        await _app.UntilAsync(() => _app.Count("blob told/") == 3);
        await _app.StopAsync();
        await DropAsync("told/a.csv", "four");

        await _app.StartAsync();

        await _app.UntilAsync(() => _app.Count("blob told/") == 4);
        await Task.Delay(1_000);
        Assert.Equal(
            ["blob told/a.csv four", "blob told/a.csv three", "blob told/a.csv two", "blob told/before/ü %20.csv one"],
            _app.Lines.Where(line => line.StartsWith("blob told/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [SlowFact]
    public async Task Blob_that_fails_is_tried_five_times_and_goes_to_the_poison_queue()
    {
        await _app.StartAsync();
        await DropAsync("bad/x.csv", "oops");
        await _app.UntilAsync(() => _app.Count("blob bad/x.csv") == 5);
        var poison = new Azure.Storage.Queues.QueueClient(own.Storage, "webjobs-blobtrigger-poison");
        await _app.UntilAsync(async () => await poison.ExistsAsync() && (await poison.PeekMessagesAsync()).Value.Length == 1);
        var message = JsonDocument.Parse(Convert.FromBase64String((await poison.PeekMessagesAsync()).Value[0].MessageText)).RootElement;
        Assert.Equal(("drops", "bad/x.csv"),
            (message.GetProperty("ContainerName").GetString(), message.GetProperty("BlobName").GetString()));
        Assert.Equal(5, _app.Count("blob bad/x.csv"));
    }

    [SlowFact]
    public async Task Timer_keeps_its_times_and_catches_up_once_after_one_that_was_missed()
    {
        await _app.With("Every", "* * * * * *").StartAsync();
        await _app.UntilAsync(() => _app.Count("every False") >= 2);
        await _app.StopAsync();
        var hosts = new BlobContainerClient(own.Storage, "azure-webjobs-hosts");
        var status = await hosts.GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = "timers/" })
            .SingleAsync(blob => blob.Name.Contains("Nightly", StringComparison.Ordinal));
        const string LongAgo =
            """{"Last":"2020-01-01T02:00:00+00:00","Next":"2020-01-02T02:00:00+00:00","LastUpdated":"2020-01-01T02:00:00+00:00"}""";
        await hosts.GetBlobClient(status.Name).UploadAsync(BinaryData.FromString(LongAgo), overwrite: true);

        for (var start = 0; start < 2; start++)
        {
            await _app.With("Every", "0 0 0 1 1 *").StartAsync();
            await _app.UntilAsync(() => _app.Count("nightly True") == 1);
            await _app.StopAsync();
        }

        Assert.Equal(1, _app.Count("nightly"));
    }

    private async Task DropAsync(string path, string content) =>
        await _drops.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);
}
