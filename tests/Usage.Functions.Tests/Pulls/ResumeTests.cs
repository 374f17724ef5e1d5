using System.Globalization;
using Microsoft.AspNetCore.Http;
using Usage.Functions.Outbound;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Pulls;

/// <summary>Downloads that break off on the way.</summary>
public sealed class ResumeTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    // Two whole blocks and a bit.
    private static readonly byte[] Large = Bytes(seed: 1);
    private static readonly byte[] Other = Bytes(seed: 2);

    [Fact]
    public async Task Broken_connection_is_continued_where_it_broke()
    {
        await using var server = await ExportServer.StartAsync(
            (http, n) => SendAsync(http, Large, "\"a\"", breakAfter: n < 3 ? 5_000_000 : null));
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(Large, await puller.PulledAsync());
        var second = server.Requests.ElementAt(1);
        Assert.StartsWith("bytes=", second["Range"]);
        Assert.NotEqual("bytes=0-", second["Range"]);
        Assert.Equal("\"a\"", second["If-Range"]);
    }

    [Fact]
    public async Task File_that_changes_meanwhile_is_read_anew_and_never_mixed()
    {
        await using var server = await ExportServer.StartAsync(
            (http, n) => n == 1 ? SendAsync(http, Large, "\"a\"", breakAfter: 5_000_000) : SendAsync(http, Other, "\"b\""));
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(Other, await puller.PulledAsync());
    }

    [Fact]
    public async Task Server_that_ignores_the_range_sends_it_all_again()
    {
        await using var server = await ExportServer.StartAsync(
            (http, n) => SendAsync(http, Large, "\"a\"", breakAfter: n == 1 ? 5_000_000 : null, ranges: false));
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(Large, await puller.PulledAsync());
    }

    [Fact]
    public async Task Server_that_ignores_the_condition_of_the_range_is_seen_through()
    {
        await using var server = await ExportServer.StartAsync((http, n) =>
            n == 1 ? SendAsync(http, Large, "\"a\"", breakAfter: 5_000_000) : SendAsync(http, Other, "\"b\"", checks: false));
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(Other, await puller.PulledAsync());
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Content_without_a_name_starts_over()
    {
        await using var server = await ExportServer.StartAsync(
            (http, n) => SendAsync(http, n == 1 ? Large : Other, etag: null, breakAfter: n == 1 ? 5_000_000 : null));
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(Other, await puller.PulledAsync());
        Assert.Null(server.Requests.Last()["Range"]);
    }

    [Fact]
    public async Task Stalled_download_is_continued()
    {
        await using var server = await ExportServer.StartAsync(
            (http, n) => SendAsync(http, Large, "\"a\"", stallAfter: n == 1 ? 5_000_000 : null));
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(Large, await puller.PulledAsync());
    }

    [Fact]
    public async Task Connection_that_breaks_each_time_is_given_up()
    {
        await using var server = await ExportServer.StartAsync((http, _) => SendAsync(http, Large[..1000], etag: null, breakAfter: 10));
        using var puller = new Puller(storage, server.Url);

        var (reason, again) = await puller.FailedAsync();
        Assert.Matches("^the connection (broke after (0|10) of 1,000 bytes|to 127.0.0.1:[0-9]+ broke before an answer)$", reason);
        Assert.Equal(Retry.Soon, again);
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task Download_that_stalls_each_time_is_given_up_and_says_where()
    {
        await using var server = await ExportServer.StartAsync((http, _) => SendAsync(http, Large[..1000], etag: null, stallAfter: 10));
        using var puller = new Puller(storage, server.Url, change: options => options.Tries = 2);

        Assert.Equal(("nothing came for 1 s after 10 bytes", Retry.Soon), await puller.FailedAsync());
    }

    [Fact]
    public async Task Process_that_ended_on_the_way_goes_on_behind_the_last_whole_block()
    {
        using var crash = new CancellationTokenSource();
        var integration = new TaskCompletionSource<string>();
        await using var server = await ExportServer.StartAsync((http, n) =>
            SendAsync(http, Large, "\"a\"", breakAfter: n == 1 ? 5_000_000 : null, before: n == 1 ? EndAfterFirstBlockAsync : null));
        using var puller = new Puller(storage, server.Url);
        integration.SetResult(puller.Integration.Id.Value);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => puller.PullAsync(cancellationToken: crash.Token));

        Assert.Equal(Large, await puller.PulledAsync());
        Assert.Equal($"bytes={4 << 20}-", server.Requests.Last()["Range"]);

        async Task EndAfterFirstBlockAsync()
        {
            while (!await IsStagedAsync(await integration.Task)) await Task.Delay(10);
            await crash.CancelAsync();
        }
    }

    private async Task<bool> IsStagedAsync(string integration)
    {
        await foreach (var _ in storage.Blobs.Imports.GetBlobsAsync(
            new Azure.Storage.Blobs.Models.GetBlobsOptions
            {
                Prefix = $"{integration}/",
                States = Azure.Storage.Blobs.Models.BlobStates.Uncommitted
            })) return true;
        return false;
    }

    private static async Task SendAsync(
        HttpContext http, byte[] content, string? etag, int? breakAfter = null, int? stallAfter = null, bool ranges = true,
        bool checks = true, Func<Task>? before = null)
    {
        var from = 0;
        if (etag is not null) http.Response.Headers.ETag = etag;
        if (ranges && http.Request.Headers.Range.ToString() is { Length: > 0 } range && (!checks || http.Request.Headers.IfRange == etag))
        {
            from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        http.Response.ContentLength = content.Length - from;
        var count = Math.Min(breakAfter ?? stallAfter ?? content.Length, content.Length - from);
        await http.Response.Body.WriteAsync(content.AsMemory(from, count));
        await http.Response.Body.FlushAsync();
        if (before is not null) await before();
        if (stallAfter is not null) await Task.Delay(Timeout.Infinite, http.RequestAborted);
        if (breakAfter is not null) http.Abort();
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[(9 << 20) + 123];
        new Random(seed).NextBytes(bytes);
        bytes[0] = (byte)'a';
        return bytes;
    }
}
