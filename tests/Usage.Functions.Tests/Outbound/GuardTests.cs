using Azure.Core;
using Microsoft.AspNetCore.Http;
using Usage.Functions.Outbound;
using Usage.Functions.Pulls.Downloads;
using Usage.Functions.Tests.Pulls;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Outbound;

/// <summary>Where pulls don't go, and for what they sign.</summary>
public sealed class GuardTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Redirects_end()
    {
        await using var server = await ExportServer.StartAsync(
            (http, n) => { http.Response.Redirect($"/{n}"); return Task.CompletedTask; });
        using var puller = new Puller(storage, server.Url);

        Assert.Equal(($"more than 5 redirects, the last one to 127.0.0.1:{server.Port}", Retry.Later), await puller.FailedAsync());
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data",
        "found http://169.254.169.254, expected https:// (or the host in the app setting Usage__Pulls__AllowedHosts)")]
    [InlineData("https://169.254.169.254/latest/meta-data",
        "found the host 169.254.169.254, expected one on the public internet (or the host in the app setting Usage__Pulls__AllowedHosts)")]
    [InlineData("https://[::ffff:7f00:1]/",
        "found the host ::ffff:127.0.0.1, expected one on the public internet (or the host in the app setting Usage__Pulls__AllowedHosts)")]
    [InlineData("file:///etc/passwd", "found file://, expected https://")]
    public async Task Redirect_to_where_nobody_is_to_go_is_refused(string location, string reason)
    {
        await using var server = await ExportServer.StartAsync(
            (http, _) => { http.Response.Redirect(location); return Task.CompletedTask; });
        using var puller = new Puller(storage, server.Url);

        Assert.Equal((reason, Retry.Never), await puller.FailedAsync());
    }

    [Fact]
    public async Task Name_that_stands_for_a_private_address_is_refused_when_it_is_connected_to()
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        using var puller = new Puller(storage, $"https://localhost:{server.Port}/", allowed: "");

        var (reason, again) = await puller.FailedAsync();
        Assert.Matches(
            @"^found the host localhost, which is (127\.0\.0\.1|::1), expected one on the public internet "
                + @"\(or the host in the app setting Usage__Pulls__AllowedHosts\)$",
            reason);
        Assert.Equal(Retry.Never, again);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Blob_is_read_with_the_identity_of_the_app_and_a_redirect_is_not()
    {
        await using var other = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        await using var server = await ExportServer.StartAsync(
            (http, _) => { http.Response.Redirect(other.Url); return Task.CompletedTask; });
        using var puller = new Puller(
            storage, $"{server.Url}/exports/usage.csv", change: Exports, credential: new FixedToken());

        await puller.PulledAsync();

        var blob = Assert.Single(server.Requests);
        Assert.Equal(("Bearer token of https://storage.azure.com/.default", "2020-12-06"), (blob["Authorization"], blob["x-ms-version"]));
        Assert.Null(Assert.Single(other.Requests)["Authorization"]);
    }

    [Theory]
    [InlineData("/others/usage.csv")]
    [InlineData("/exports")]
    [InlineData("/exports/..%2Fothers/usage.csv")]
    [InlineData("/exports/a?restype=container&comp=list")]
    public async Task Blob_that_is_not_listed_is_asked_for_without_the_identity(string path)
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        using var puller = new Puller(storage, $"{server.Url}{path}", change: Exports, credential: new FixedToken());

        await puller.PulledAsync();

        Assert.Null(Assert.Single(server.Requests)["Authorization"]);
    }

    [Fact]
    public async Task Redirect_within_an_account_is_signed_only_where_it_leads_to_what_is_listed()
    {
        await using var server = await ExportServer.StartAsync((http, n) =>
        {
            if (n == 1) http.Response.Redirect("/others/usage.csv");
            return Task.CompletedTask;
        });
        using var puller = new Puller(storage, $"{server.Url}/exports/usage.csv", change: Exports, credential: new FixedToken());

        await puller.PulledAsync();

        Assert.Equal([true, false], server.Requests.Select(request => request["Authorization"] is not null));
    }

    // The account "127" on the hosts that end in ".0.0.1" is this machine's server.
    private static void Exports(PullOptions options) => (options.BlobHostSuffix, options.BlobSources) = (".0.0.1", "127/exports");

    /// <summary>A credential as Azure.Core knows them; there is no identity on a build machine.</summary>
    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token of {requestContext.Scopes[0]}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
