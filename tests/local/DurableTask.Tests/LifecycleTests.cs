using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;

namespace Microsoft.DurableTask.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task An_id_is_refused_while_its_instance_runs_and_started_anew_after_its_end()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", 1, new StartOrchestrationOptions("one"));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", 2, new StartOrchestrationOptions("one")));
        await host.Client.RaiseEventAsync("one", "go", "first");
        await host.EndOf("one");
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", 3, new StartOrchestrationOptions("one"));
        await host.Client.RaiseEventAsync("one", "go", "second");

        Assert.StartsWith("An orchestration with the instance id 'one' already exists", refused.Message);
        Assert.Equal("second", (await host.EndOf("one")).ReadOutputAs<string>());
        Assert.Equal(3, (await host.EndOf("one")).ReadInputAs<int>());
    }

    [Fact]
    public async Task A_status_that_is_to_refuse_a_new_start_refuses_it()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Quick", id: "one");

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Quick", new StartOrchestrationOptions("one").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("@a")]
    [InlineData("a\u0001")]
    public async Task An_id_that_Azure_refuses_is_refused(string id)
    {
        await using var host = await Host.StartAsync(SetUp);

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => host.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions(id)));

        Assert.StartsWith($"Found the instance id '{id}', expected 1 to 100 characters", refused.Message);
    }

    [Fact]
    public async Task Terminated_instances_end_with_the_given_output_and_do_nothing_more()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", new StartOrchestrationOptions("one"));

        await host.Client.TerminateInstanceAsync("one", "enough");
        var end = await host.EndOf("one");
        await host.Client.RaiseEventAsync("one", "go", "late");
        await host.RestartAsync();

        Assert.Equal("enough", end.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.EndOf("one")).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_keeps_its_events_until_it_is_resumed()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", new StartOrchestrationOptions("one"));

        await host.Client.SuspendInstanceAsync("one", "wait");
        await host.Client.RaiseEventAsync("one", "go", "held");
        await Host.UntilAsync(() => host.Executed("one") is { IsSuspended: true } execution && !execution.HasWork(DateTime.MaxValue));
        await host.RestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.Client.GetInstanceAsync("one"))!.RuntimeStatus);
        await host.Client.ResumeInstanceAsync("one");

        Assert.Equal("held", (await host.EndOf("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purging_removes_ended_instances_and_their_files_only()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Quick", id: "ended");
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", new StartOrchestrationOptions("runs"));

        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("ended")).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("ended")).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("runs")).PurgedInstanceCount);
        Assert.False(File.Exists(host.LogOf("ended")));
        await host.RestartAsync();
        Assert.Null(await host.Client.GetInstanceAsync("ended"));
        Assert.NotNull(await host.Client.GetInstanceAsync("runs"));
    }

    [Fact]
    public async Task Purging_by_filter_goes_by_creation_and_status()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Quick", id: "old");
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.RunAsync("Quick", id: "new");
        await host.RunAsync("Missing", id: "failed");

        var old = await host.Client.PurgeInstancesAsync(null, host.Clock.GetUtcNow().AddDays(-1));
        var failed = await host.Client.PurgeAllInstancesAsync(new(Statuses: [OrchestrationRuntimeStatus.Failed]));

        Assert.Equal((1, 1), (old.PurgedInstanceCount, failed.PurgedInstanceCount));
        Assert.NotNull(await host.Client.GetInstanceAsync("new"));
    }

    [Fact]
    public async Task A_recursive_purge_takes_the_children_along()
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            SetUp(runtime);
            runtime.AddOrchestrator("Parent", async context =>
            {
                await context.CallSubOrchestratorAsync("Quick");
                await context.CallSubOrchestratorAsync("Quick");
                return null;
            });
        });
        await host.RunAsync("Parent", id: "p");
        await Host.UntilAsync(() => host.Runtime.Engine.Store.Live.Count == 0);

        Assert.Equal(3, (await host.Client.PurgeInstanceAsync("p", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
    }

    [Fact]
    public async Task A_restarted_instance_runs_again_on_the_same_input()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Quick", "in", "one");

        var again = await host.Client.RestartAsync("one", restartWithNewInstanceId: true);

        Assert.NotEqual("one", again);
        Assert.Equal("in", (await host.EndOf(again)).ReadOutputAs<string>());
        Assert.Equal("one", await host.Client.RestartAsync("one"));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.RestartAsync("nobody"));
    }

    [Fact]
    public async Task Custom_status_and_inputs_come_when_asked_for_and_outlive_a_restart()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", "in", new StartOrchestrationOptions("one"));
        await host.Client.WaitForInstanceStartAsync("one", Host.Patience());
        await host.RestartAsync();

        var full = (await host.Client.GetInstanceAsync("one", getInputsAndOutputs: true))!;
        var bare = (await host.Client.GetInstanceAsync("one"))!;

        Assert.Equal("waits", full.ReadCustomStatusAs<string>());
        Assert.Equal("in", full.ReadInputAs<string>());
        Assert.Null(bare.SerializedInput);
        Assert.Throws<InvalidOperationException>(bare.ReadInputAs<string>);
    }

    private static void SetUp(DurableRuntime runtime)
    {
        runtime.AddOrchestrator("Quick", context => Task.FromResult<object?>(context.GetInput<object>()));
        runtime.AddOrchestrator("Waiter", async context =>
        {
            context.SetCustomStatus("waits");
            return await context.WaitForExternalEvent<string>("go");
        });
    }
}
