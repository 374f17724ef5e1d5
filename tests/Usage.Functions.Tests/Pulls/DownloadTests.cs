using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Usage.Core.Outbound;
using Usage.Storage.Imports;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Pulls;

public sealed class DownloadTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private const string Csv = "customer_id,mau\nCUST001,500\n";

    [Fact]
    public async Task File_is_dropped_under_the_time_of_the_pull()
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync(Csv));
        using var puller = new Puller(storage, $"{server.Url}/usage.csv");

        var outcome = await puller.PullAsync();

        Assert.Equal((PullStatus.Pulled, $"{puller.Integration.Id}/pulled/20261122T020000.csv"), (outcome.Status, outcome.Blob));
        Assert.Equal($"{server.Url}/usage.csv: dropped as {outcome.Blob}", outcome.Message);
        Assert.Equal(Csv, Encoding.UTF8.GetString(await puller.PulledAsync("20261122T020001")));
    }

    [Theory]
    [InlineData("exports/usage%202026-02.csv?key=1", null, "usage 2026-02.csv")]
    [InlineData("latest", "attachment; filename=\"usage-2026-02.csv\"", "usage-2026-02.csv")]
    [InlineData("latest", "attachment; filename*=UTF-8''n%C3%BCtzung%2Fusage%202026.csv", "usage 2026.csv")]
    [InlineData("", null, "unnamed")]
    public async Task A_file_keeps_the_name_that_its_source_gives_it(string address, string? disposition, string expected)
    {
        await using var server = await ExportServer.StartAsync((http, _) =>
        {
            if (disposition is not null) http.Response.Headers.ContentDisposition = disposition;
            return http.Response.WriteAsync(Csv);
        });
        using var puller = new Puller(storage, $"{server.Url}/{address}");

        var outcome = await puller.PullAsync();

        var drop = await new DropStore(storage.Blobs).FindAsync(outcome.Blob!, default);
        Assert.Equal((expected, expected), (drop!.SourceName, drop.Origin().Name));
    }

    [Fact]
    public async Task Same_pull_done_twice_asks_the_source_once_more_and_leaves_one_file()
    {
        await using var server = await ExportServer.StartAsync((http, n) => http.Response.WriteAsync(n == 1 ? Csv : "other"));
        using var puller = new Puller(storage, server.Url);
        await puller.PullAsync();
        // As if the process had ended between the drop and its note.
        await puller.Pulls.ChangeAsync(
            puller.Integration.Id,
            record =>
                record with { Partial = new($"{puller.Integration.Id}/pulled/{Puller.Stamp}.csv", "s", new("f", null, null), null) },
                default);

        Assert.Equal(Csv, Encoding.UTF8.GetString(await puller.PulledAsync()));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Unchanged_file_is_no_run_and_says_so()
    {
        await using var server = await ExportServer.StartAsync((http, _) =>
        {
            http.Response.Headers.ETag = "\"v1\"";
            http.Response.Headers.LastModified = "Sun, 22 Nov 2026 01:00:00 GMT";
            if (http.Request.Headers.IfNoneMatch != "\"v1\"") return http.Response.WriteAsync(Csv);
            http.Response.StatusCode = 304;
            return Task.CompletedTask;
        });
        using var puller = new Puller(storage, $"{server.Url}/usage.csv");
        await puller.PulledAsync();

        var again = await puller.PullAsync("20261123T020000");

        Assert.Equal(PullStatus.Unchanged, again.Status);
        Assert.Equal($"{server.Url}/usage.csv: nothing has changed since the last file, so there is no run", again.Message);
        Assert.Equal("Sun, 22 Nov 2026 01:00:00 GMT", server.Requests.Last()["If-Modified-Since"]);
        Assert.False(await storage.Blobs.Imports.GetBlobClient($"{puller.Integration.Id}/pulled/20261123T020000.csv").ExistsAsync());
    }

    [Fact]
    public async Task Server_that_ignores_the_condition_but_names_the_same_content_has_nothing_new()
    {
        await using var server = await ExportServer.StartAsync(
            (http, _) => { http.Response.Headers.ETag = "\"v1\""; return http.Response.WriteAsync(Csv); });
        using var puller = new Puller(storage, server.Url);
        await puller.PulledAsync();

        Assert.Equal(PullStatus.Unchanged, (await puller.PullAsync("20261123T020000")).Status);
    }

    [Fact]
    public async Task Integration_that_was_edited_pulls_the_file_again()
    {
        await using var server = await ExportServer.StartAsync(
            (http, _) => { http.Response.Headers.ETag = "\"v1\""; return http.Response.WriteAsync(Csv); });
        using var puller = new Puller(storage, server.Url);
        await puller.PulledAsync();
        await puller.SaveAsync();

        await puller.PulledAsync("20261123T020000");
        Assert.Null(server.Requests.Last()["If-None-Match"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gzip_is_kept_as_it_comes_declared_or_not(bool declared)
    {
        var packed = Gzip(Csv);
        await using var server = await ExportServer.StartAsync((http, _) =>
        {
            if (declared) http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(packed).AsTask();
        });
        using var puller = new Puller(storage, server.Url);

        var outcome = await puller.PullAsync();

        Assert.Equal($"{puller.Integration.Id}/pulled/20261122T020000.csv.gz", outcome.Blob);
        Assert.Equal(packed, (await storage.Blobs.Imports.GetBlobClient(outcome.Blob).DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task Busy_server_is_asked_again()
    {
        await using var server = await ExportServer.StartAsync((http, n) =>
        {
            if (n >= 3) return http.Response.WriteAsync(Csv);
            http.Response.StatusCode = n == 1 ? 503 : 429;
            http.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(Csv, Encoding.UTF8.GetString(await puller.PulledAsync()));
        Assert.Equal(3, server.Requests.Count);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
