using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Usage.Core.Files;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;
using Usage.Functions.Settings;
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
    public async Task Encoding_that_nobody_asked_for_is_refused()
    {
        await using var server = await ExportServer.StartAsync(
            (http, _) => { http.Response.Headers.ContentEncoding = "br"; return http.Response.WriteAsync("x"); });
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(("found a Content-Encoding that wasn't asked for, expected gzip or none", Retry.Later), await puller.FailedAsync());
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

    [Theory]
    [InlineData(500, Retry.Soon, 5, "found the answer 500 Internal Server Error, expected 200")]
    [InlineData(404, Retry.Later, 1, "found the answer 404 Not Found, expected 200")]
    [InlineData(204, Retry.Later, 1, "found the answer 204 No Content, expected 200")]
    [InlineData(304, Retry.Later, 1, "found the answer 304 Not Modified, expected 200")]
    [InlineData(401, Retry.Never, 1,
        "found the answer 401 Unauthorized, expected 200: check the headers of the source and their secrets, or for a blob the role of the "
            + "app's identity")]
    public async Task Answer_that_is_no_file_is_told(int status, Retry retry, int requests, string reason)
    {
        await using var server = await ExportServer.StartAsync(
            (http, _) => { http.Response.StatusCode = status; return Task.CompletedTask; });
        using var puller = new Puller(storage, server.Url);

        Assert.Equal((reason, retry), await puller.FailedAsync());
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task Server_that_never_answers_is_given_up()
    {
        await using var server = await ExportServer.StartAsync((http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var puller = new Puller(
            storage, server.Url, change: options => options.Tries = 2, response: 0.2);

        Assert.Equal(($"127.0.0.1:{server.Port} gave no answer in time", Retry.Soon), await puller.FailedAsync());
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        using var puller = new Puller(storage, "http://127.0.0.1:1/", change: options => options.Tries = 1);

        Assert.Equal(("127.0.0.1:1 takes no connection", Retry.Soon), await puller.FailedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_over_the_limit_is_refused_announced_or_not(bool announced)
    {
        await using var server = await ExportServer.StartAsync((http, _) =>
        {
            if (announced) http.Response.ContentLength = 1001;
            return http.Response.WriteAsync(new string('x', 1001));
        });
        using var puller = new Puller(storage, server.Url, limits: new UsageOptions { Limits = new FileLimits { MaxFileBytes = 1000 } });

        Assert.Equal(("found at least 1,001 bytes, expected at most 1,000 (the app setting Usage__Limits__MaxFileBytes)", Retry.Never),
            await puller.FailedAsync());
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
