using System.Text;
using Microsoft.AspNetCore.Http;
using Usage.Functions.Outbound;
using Usage.Functions.Tests.Pulls;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Outbound;

/// <summary>What pulls send of secrets, to whom, and what they don't give away.</summary>
public sealed class SecretTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly Dictionary<string, string?> Secrets = new()
    {
        ["Secrets:TOKEN"] = "s3cret",
        ["Secrets:TOKEN:Hosts"] = "127.0.0.1",
    };

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
    public async Task Secret_with_any_letters_goes_into_a_query_and_not_into_a_header()
    {
        await using var server = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("a,b\n"));
        var settings = new Dictionary<string, string?>(Secrets) { ["Secrets:TOKEN"] = "geh\u20ACim & more" };
        using var puller = new Puller(storage, $"{server.Url}/usage.csv?key=@secret:TOKEN", settings: settings);
        await puller.PulledAsync();
        Assert.Equal("/usage.csv?key=geh%E2%82%ACim%20%26%20more", Assert.Single(server.Requests).Path);

        using var header = new Puller(storage, server.Url, Authorized, settings: settings);
        Assert.StartsWith("the app setting Secrets__TOKEN holds a character that a header can't", (await header.FailedAsync()).Item1);
        Assert.Single(server.Requests);
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
            ($"127.0.0.1:{server.Port} redirects to localhost:{other.Port} with the secret TOKEN in the address, "
                + "expected a host that the app setting Secrets__TOKEN__Hosts lists", Retry.Never), await puller.FailedAsync());
        Assert.Empty(other.Requests);
    }
}
