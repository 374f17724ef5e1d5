using Microsoft.AspNetCore.Http;
using Usage.Core.Files;
using Usage.Functions.Outbound;
using Usage.Functions.Settings;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Pulls;

/// <summary>What a source answers that is no file, in words for the admin.</summary>
public sealed class FailedDownloadTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Encoding_that_nobody_asked_for_is_refused()
    {
        await using var server = await ExportServer.StartAsync(
            (http, _) => { http.Response.Headers.ContentEncoding = "br"; return http.Response.WriteAsync("x"); });
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(("found a Content-Encoding that wasn't asked for, expected gzip or none", Retry.Later), await puller.FailedAsync());
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
    public async Task File_that_comes_too_slowly_is_given_up()
    {
        await using var server = await ExportServer.StartAsync(async (http, _) =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync("x\n", http.RequestAborted);
                await Task.Delay(50, http.RequestAborted);
            }
        });
        using var puller = new Puller(storage, server.Url, change: options => options.MaxSeconds = 0.6);

        Assert.Equal(("not done after 0 minutes", Retry.Later), await puller.FailedAsync());
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
}
