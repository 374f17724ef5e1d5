using System.Text;
using Azure.Core;
using Microsoft.AspNetCore.Http;
using Usage.Functions.Outbound;
using Usage.Functions.Pulls.Downloads;
using Usage.Functions.Tests.Pulls;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Outbound;

/// <summary>Where pulls don't go, and what they don't give away.</summary>
public sealed class GuardTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly Dictionary<string, string?> Secrets = new() { ["Secrets:TOKEN"] = "s3cret", ["Secrets:TOKEN:Hosts"] = "127.0.0.1" };
    private static readonly Dictionary<string, string> Authorized =
        new() { ["Authorization"] = "Bearer @secret:TOKEN", ["X-Team"] = "usage" };

    [Fact]
    public async Task Secret_of_the_settings_goes_into_header_and_query_and_into_no_message()
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        using var puller = new Puller(storage, $"{server.Url}/usage.csv?day=1&key=@secret:TOKEN", Authorized, settings: Secrets);

        var outcome = await puller.PullAsync();

        var seen = Assert.Single(server.Requests);
        Assert.Equal(("Bearer s3cret", "usage", "/usage.csv?day=1&key=s3cret"), (seen["Authorization"], seen["X-Team"], seen.Path));
        Assert.DoesNotContain("s3cret", outcome.Message);
        Assert.DoesNotContain("s3cret",
            System.Text.Json.JsonSerializer.Serialize(await puller.Pulls.FindAsync(puller.Integration.Id, default)));
    }

    [Fact]
    public async Task Missing_secret_names_its_setting()
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        using var puller = new Puller(
            storage, server.Url, Authorized, settings: new Dictionary<string, string?> { ["Secrets:TOKEN:Hosts"] = "127.0.0.1" });

        Assert.Equal(("the app setting Secrets__TOKEN is missing: set it to the secret that @secret:TOKEN stands for", Retry.Never),
            await puller.FailedAsync());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Redirect_is_followed_with_headers_within_the_origin_and_without_them_beyond()
    {
        await using var other = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        await using var server = await ExportServer.StartAsync((http, n) =>
        {
            http.Response.StatusCode = n == 1 ? 307 : 302;
            http.Response.Headers.Location = n == 1 ? "/second" : $"{other.Url}/third";
            return Task.CompletedTask;
        });
        using var puller = new Puller(storage, $"{server.Url}/first", Authorized, settings: Secrets);

        Assert.Equal("a,b\n", Encoding.UTF8.GetString(await puller.PulledAsync()));
        Assert.Equal(["/first", "/second"], server.Requests.Select(request => request.Path));
        Assert.All(server.Requests, request => Assert.Equal("Bearer s3cret", request["Authorization"]));
        var beyond = Assert.Single(other.Requests);
        Assert.Equal((null, null), (beyond["Authorization"], beyond["X-Team"]));
    }

    [Theory]
    [InlineData("example.com", null, "found @secret:TOKEN for the host 127.0.0.1, expected a host that the app setting "
        + "Secrets__TOKEN__Hosts lists: add it there if the secret may go to it")]
    [InlineData("127.0.0.1", "payroll", "found @secret:TOKEN in the integration INTEGRATION, expected one that the app setting "
        + "Secrets__TOKEN__Integrations lists: add it there if it may use the secret")]
    public async Task Secret_goes_nowhere_else_even_when_it_was_configured_before(string hosts, string? integrations, string reason)
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        var settings = new Dictionary<string, string?>(Secrets)
        {
            ["Secrets:TOKEN:Hosts"] = hosts,
            ["Secrets:TOKEN:Integrations"] = integrations,
        };
        using var puller = new Puller(storage, server.Url, Authorized, settings: settings);

        Assert.Equal((reason.Replace("INTEGRATION", puller.Integration.Id.Value, StringComparison.Ordinal), Retry.Never),
            await puller.FailedAsync());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Secret_in_a_query_stays_one_value_whatever_it_holds()
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        var settings = new Dictionary<string, string?>(Secrets) { ["Secrets:TOKEN"] = "a&b=c#d e%2F" };
        using var puller = new Puller(storage, $"{server.Url}/usage.csv?key=@secret:TOKEN&day=1", settings: settings);

        await puller.PulledAsync();

        Assert.Equal("/usage.csv?key=a%26b%3Dc%23d%20e%252F&day=1", Assert.Single(server.Requests).Path);
    }

    [Theory]
    [InlineData("/hop?key=s3cret%21")]
    [InlineData("/hop?key=%73%33cret!")]
    [InlineData("/hop/s3cret!")]
    public async Task Redirect_does_not_carry_a_secret_to_a_host_that_is_not_listed(string location)
    {
        await using var other = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        await using var server = await ExportServer.StartAsync((http, _) =>
        {
            http.Response.StatusCode = 302;
            http.Response.Headers.Location = $"http://localhost:{other.Port}{location}";
            return Task.CompletedTask;
        });
        var settings = new Dictionary<string, string?>(Secrets) { ["Secrets:TOKEN"] = "s3cret!" };
        using var puller = new Puller(
            storage, $"{server.Url}/?key=@secret:TOKEN", settings: settings, allowed: "127.0.0.1,localhost");

        Assert.Equal(
            ($"127.0.0.1:{server.Port} redirects to localhost:{other.Port} with the secret TOKEN in the address, expected a host that the app "
                + "setting Secrets__TOKEN__Hosts lists", Retry.Never), await puller.FailedAsync());
        Assert.Empty(other.Requests);
    }

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
            @"^found the host localhost, which is (127\.0\.0\.1|::1), expected one on the public internet \(or the host in the app setting Usage__Pulls__AllowedHosts\)$", reason);
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
