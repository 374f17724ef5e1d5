using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Core.Runs;
using Usage.Functions.Notices;
using Usage.Functions.Outbound;
using Usage.Storage.Integrations;
using Usage.Storage.Notices;
using Usage.Storage.Runs;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Notices;

/// <summary>Telling that a run has ended.</summary>
public sealed class NoticeTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private const string Secret = "hook secret";

    [Fact]
    public async Task End_of_a_run_is_one_signed_post()
    {
        await using var server = await ExportServer.StartAsync((_, _) => Task.CompletedTask);
        using var notices = await SetUpAsync($"{server.Url}/hook");

        await notices.Runs.AnnounceAsync(notices.Run, default);
        Assert.Contains(notices.Run.Id, await notices.Owed.ListAsync(DateTimeOffset.MaxValue, default));
        await notices.SendAsync();
        await notices.Runs.AnnounceAsync(notices.Run, default);

        Assert.DoesNotContain(notices.Run.Id, await notices.Owed.ListAsync(DateTimeOffset.MaxValue, default));
        var seen = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/hook", "application/json"), (seen.Method, seen.Path, seen["Content-Type"]));
        Assert.Equal(notices.Run.Id.Value, seen["webhook-id"]);
        var at = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(seen["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(WebhookSignature.Sign(Secret, notices.Run.Id.Value, at, seen.Body), seen["webhook-signature"]);
        var body = JsonDocument.Parse(seen.Body).RootElement;
        Assert.Equal("run.ended", body.GetProperty("type").GetString());
        Assert.Equal("partiallySucceeded", body.GetProperty("run").GetProperty("status").GetString());
        Assert.Equal(3, body.GetProperty("run").GetProperty("rows").GetProperty("read").GetInt64());
        Assert.False(body.GetProperty("run").TryGetProperty("issues", out _));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(307)]
    public async Task Notice_that_is_not_taken_stays_owed(int status)
    {
        await using var server = await ExportServer.StartAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        using var notices = await SetUpAsync(server.Url);
        await notices.Runs.AnnounceAsync(notices.Run, default);

        var failed = await Assert.ThrowsAsync<OutboundException>(notices.SendAsync);

        Assert.Equal($"127.0.0.1:{server.Port} answered {status}, expected 2xx", failed.Message);
        Assert.Contains(notices.Run.Id, await notices.Owed.ListAsync(DateTimeOffset.MaxValue, default));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Private_address_is_not_told()
    {
        using var notices = await SetUpAsync("https://10.0.0.1/hook", allowed: "", hosts: "10.0.0.1");

        var refused = await Assert.ThrowsAsync<OutboundException>(notices.SendAsync);
        Assert.StartsWith("found the host 10.0.0.1, expected one on the public internet", refused.Message);
    }

    [Fact]
    public async Task Missing_secret_names_its_setting()
    {
        await using var server = await ExportServer.StartAsync((_, _) => Task.CompletedTask);
        using var notices = await SetUpAsync(server.Url, secret: null);

        var missing = await Assert.ThrowsAsync<OutboundException>(notices.SendAsync);
        Assert.Equal("the app setting Secrets__HOOK is missing: set it to the secret that @secret:HOOK stands for", missing.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Nothing_is_signed_for_a_host_that_the_secret_is_not_for()
    {
        await using var server = await ExportServer.StartAsync((_, _) => Task.CompletedTask);
        using var notices = await SetUpAsync($"{server.Url}/hook", hosts: "example.com");

        var refused = await Assert.ThrowsAsync<OutboundException>(notices.SendAsync);
        Assert.StartsWith("found @secret:HOOK for the host 127.0.0.1, expected a host that the app setting Secrets__HOOK__Hosts lists",
            refused.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Nobody_is_told_of_test_runs_or_when_nobody_is_to_be_told()
    {
        using var silent = await SetUpAsync(null);
        using var notices = await SetUpAsync("https://example.com/hook");

        await silent.Runs.AnnounceAsync(silent.Run, default);
        await notices.Runs.AnnounceAsync(notices.Run with { Kind = RunKind.Test }, default);

        var owed = await notices.Owed.ListAsync(DateTimeOffset.MaxValue, default);
        Assert.DoesNotContain(silent.Run.Id, owed);
        Assert.DoesNotContain(notices.Run.Id, owed);
    }

    private async Task<Notices> SetUpAsync(string? url, string allowed = "127.0.0.1", string? secret = Secret, string hosts = "127.0.0.1")
    {
        var options = new OutboundOptions { ResponseSeconds = 5 };
        var (integrations, runs, owed) = (
            new IntegrationStore(storage.Tables), new RunStore(storage.Tables, new RunBlobs(storage.Blobs)),
            new OwedNotices(storage.Tables));
        var http = new GuardedHttp(new AllowedHosts(allowed), options);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Secrets:HOOK"] = secret, ["Secrets:HOOK:Hosts"] = hosts }).Build();
        var integration = new Integration
        {
            Id = new IntegrationId(storage.Unique("told")),
            Name = "Told",
            Notify = url is null ? null : new() { Url = url, Secret = "@secret:HOOK" },
        };
        await integrations.TryWriteAsync(integration, null, default);
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        var run = new Run
        {
            Id = RunIdText.Unique(at, Guid.NewGuid()),
            Integration = integration.Id,
            Version = 1,
            Kind = RunKind.Import,
            Status = RunStatus.PartiallySucceeded,
            ArrivedAt = at,
            CompletedAt = at,
            Rows = new() { Read = 3, Recorded = 2, Partial = 1 },
        };
        await runs.AddAsync(run, new RunSource("imports", "", "", false), default);
        var send = new SendNotice(
            runs, integrations, owed, new NoticePost(http, new SecretSettings(settings), TimeProvider.System),
            NullLogger<SendNotice>.Instance);
        return new Notices(run, new RunNotices(integrations, owed), send, owed, http);
    }

    private sealed record Notices(Run Run, RunNotices Runs, SendNotice Send, OwedNotices Owed, GuardedHttp Http) : IDisposable
    {
        public Task SendAsync() => Send.RunAsync(new SendNotice.Input(Run.Id), default);

        public void Dispose() => Http.Dispose();
    }
}
