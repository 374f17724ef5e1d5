using Microsoft.AspNetCore.Http;
using Usage.Core.Issues;
using Usage.Core.Outbound;
using Usage.Core.Runs;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Pulls;

/// <summary>A pull that fails is a run that says so.</summary>
public sealed class FailedPullTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Pull_that_fails_for_good_is_a_failed_run_with_its_reason()
    {
        await using var server = await ExportServer.StartAsync((http, _) => { http.Response.StatusCode = 404; return Task.CompletedTask; });
        await using var host = await PullHost.StartAsync(
            storage, $"{server.Url}/usage.csv", rounds: "0.001", notify: new() { Url = server.Url, Secret = "@secret:HOOK" });

        Assert.Equal(PullStatus.Queued, await host.NowAsync());
        var state = await host.EndAsync();

        Assert.Equal((PullStatus.Failed, $"{server.Url}/usage.csv: found the answer 404 Not Found, expected 200"),
            (state.Status, state.Message));
        var run = Assert.Single(await host.RunsAsync());
        Assert.Equal((RunStatus.Failed, IssueCode.PullFailed, host.Integration.Version, RunStage.Done),
            (run.Status, run.Error!.Code, run.Version, run.Progress.Stage));
        Assert.Equal(
            $"The pull failed: {state.Message}. It is tried again at its next scheduled time, "
                + $"or by POST /api/integrations/{host.Integration.Id}/pull.",
            run.Error.Message);
        Assert.Equal((IssueCode.PullFailed, 2L), (run.Issues[0].Code, run.Issues[0].Count));
        Assert.Equal(2, server.Requests.Count);
        Assert.Contains(run.Id, await host.Owed.ListAsync(DateTimeOffset.MaxValue, default));
    }

    [Fact]
    public async Task What_only_an_admin_can_mend_is_not_asked_again()
    {
        await using var server = await ExportServer.StartAsync((http, _) => { http.Response.StatusCode = 403; return Task.CompletedTask; });
        await using var host = await PullHost.StartAsync(storage, server.Url, rounds: "0.001,0.001");

        await host.NowAsync();

        Assert.Equal(PullStatus.Failed, (await host.EndAsync()).Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Failed_pull_is_tried_again_and_its_run_says_how_it_ended()
    {
        await using var server = await ExportServer.StartAsync((http, n) =>
        {
            http.Response.StatusCode = n == 1 ? 503 : 200;
            return http.Response.WriteAsync("a,b\n1,2\n");
        });
        await using var host = await PullHost.StartAsync(storage, server.Url, rounds: "0.001");

        await host.NowAsync();
        var state = await host.EndAsync();

        Assert.Equal(PullStatus.Pulled, state.Status);
        var run = Assert.Single(await host.RunsAsync());
        Assert.Equal(
            $"The pull failed: {server.Url}: found the answer 503 Service Unavailable, expected 200. "
                + $"Round 2 went well: {server.Url}/: dropped as {state.Blob}.",
            run.Error!.Message);
    }

    [Fact]
    public async Task Asking_for_a_pull_ends_the_pause_of_one_that_failed()
    {
        await using var server = await ExportServer.StartAsync((http, n) =>
        {
            http.Response.StatusCode = n == 1 ? 503 : 200;
            return http.Response.WriteAsync("a,b\n1,2\n");
        });
        await using var host = await PullHost.StartAsync(storage, server.Url, rounds: "60");
        await host.NowAsync();
        while ((await host.RunsAsync()).Count == 0) await Task.Delay(20);
        Assert.Matches(" It is tried again at [0-9T:Z-]+ \\(round 1 failed\\)\\.$", (await host.RunsAsync())[0].Error!.Message);

        Assert.Equal(PullStatus.Running, await host.NowAsync());

        Assert.Equal(PullStatus.Pulled, (await host.EndAsync()).Status);
    }
}
