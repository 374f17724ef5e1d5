using System.Net;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Local;

/// <summary>The one command, and what becomes of it when one of its processes is killed.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("usage-command-").FullName;
    private readonly int _port = FreePorts.Take();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Killed_command_leaves_nothing_running_and_loses_nothing_that_it_answered()
    {
        for (var kill = 0; kill < Scale.CommandKills; kill++)
        {
            var command = await LocalCommand.StartAsync(_data, _port, "--no-demo");
            for (var before = 0; before < kill; before++) await command.Api.GetAsync($"products/p{before}");
            await command.Api.PutAsync($"products/p{kill}", new { name = $"Product {kill}", snapshotPeriod = "monthly" });
            var children = command.Children;
            Assert.Equal(3, children.Count);
            command.Kill();
            await LocalCommand.GoneAsync([command.Id, .. children]);
        }

        await using var last = await LocalCommand.StartAsync(_data, _port, "--no-demo");
        Assert.Equal(Scale.CommandKills, (await last.Api.GetAsync("products")).GetProperty("items").GetArrayLength());
    }

    [SlowFact]
    public async Task Killed_worker_and_storage_are_started_again_and_a_killed_host_ends_the_command_with_a_sentence()
    {
        await using var command = await LocalCommand.StartAsync(_data, _port, "--no-demo");
        foreach (var program in new[] { "Usage.Functions.dll", "start.js" })
        {
            var killed = command.ChildThatRuns(program);
            Processes.Kill(killed);
            await LocalCommand.GoneAsync([killed]);
            await Api.UntilAsync(async () => (await command.Api.Http.GetAsync("health")).StatusCode, status => status == HttpStatusCode.OK);
            Assert.NotEqual(killed, command.ChildThatRuns(program));
        }

        var children = command.Children;
        Processes.Kill(command.ChildThatRuns("Usage.Host.dll"));
        Assert.Equal(1, await command.EndAsync());
        await LocalCommand.GoneAsync(children);
        Assert.Contains("The host of the app ended with code 137", command.Said, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task Killed_instance_is_started_again_while_the_other_one_answers()
    {
        await using var command = await LocalCommand.StartAsync(_data, _port, "--no-demo", "--instances", "2");
        await command.Api.PutAsync("products/shared", new { name = "Shared", snapshotPeriod = "monthly" });
        var hosts = command.ChildrenThatRun("Usage.Host.dll");
        Assert.Equal(2, hosts.Count);

        Processes.Kill(hosts[0]);
        await LocalCommand.GoneAsync([hosts[0]]);
        // The command hears of it a moment later than we do.
        await Api.UntilAsync(() => Task.FromResult(command.Said), said => said.Contains("is started again", StringComparison.Ordinal));
        for (var i = 0; i < 4; i++) Assert.Equal("Shared", (await command.Api.GetAsync("products/shared")).GetProperty("name").GetString());
        await Api.UntilAsync(() => Task.FromResult(command.ChildrenThatRun("Usage.Functions.dll").Count), workers => workers == 2);
        Assert.Contains("ended with code 137 and is started again", command.Said, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task Interrupted_command_ends_in_order_with_the_demonstration_stored()
    {
        var command = await LocalCommand.StartAsync(_data, _port);
        await Api.UntilAsync(() => Task.FromResult(command.Said), said => said.Contains("Enterprise", StringComparison.Ordinal));
        var children = command.Children;
        await command.InterruptAsync();
        Assert.Equal(0, await command.EndAsync());
        await LocalCommand.GoneAsync(children);

        await using var again = await LocalCommand.StartAsync(_data, _port, "--no-demo");
        Assert.Equal(1, (await again.Api.GetAsync("accounts/acme/usage")).GetProperty("products").GetArrayLength());
    }
}
