using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;

namespace Microsoft.DurableTask.Tests;

public sealed class SubOrchestrationTests
{
    [Fact]
    public async Task A_child_knows_its_parent_and_answers_it()
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddOrchestrator("Child", context => Task.FromResult<object?>(
                $"{context.GetInput<string>()} of {context.Parent!.Name} {context.Parent.InstanceId}"));
            runtime.AddOrchestrator("Parent", async context =>
                await context.CallSubOrchestratorAsync<string>("Child", "child", new TaskOptions().WithInstanceId("c")));
        });

        var end = await host.RunAsync("Parent", id: "p");

        Assert.Equal("child of Parent p", end.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync("c"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_failed_child_is_tried_again_under_the_same_id()
    {
        var tries = 0;
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddOrchestrator("Child", _ => ++tries < 3 ? throw new IOException("again") : Task.FromResult<object?>(tries));
            runtime.AddOrchestrator("Parent", async context => await context.CallSubOrchestratorAsync<int>(
                "Child", options: new SubOrchestrationOptions(TaskOptions.FromRetryHandler(_ => true), "c")));
        });

        Assert.Equal(3, (await host.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_failure_deep_down_is_told_level_by_level()
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Break", (_, _) => throw new FormatException("odd"));
            runtime.AddOrchestrator("Child", async context => await context.CallActivityAsync<int>("Break"));
            runtime.AddOrchestrator("Parent", async context => await context.CallSubOrchestratorAsync<int>("Child"));
        });

        var failure = (await host.RunAsync("Parent")).FailureDetails!;

        Assert.Equal(
            ["Task 'Child' (#0) failed with an unhandled exception: Task 'Break' (#0) failed with an unhandled exception: odd",
             "Task 'Break' (#0) failed with an unhandled exception: odd",
             "odd"],
            [failure.ErrorMessage, failure.InnerFailure!.ErrorMessage, failure.InnerFailure.InnerFailure!.ErrorMessage]);
    }

    [Fact]
    public async Task A_child_id_that_somebody_else_runs_under_is_a_failure_not_a_hang()
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddOrchestrator("Busy", async context => await context.WaitForExternalEvent<string>("end"));
            runtime.AddOrchestrator("Parent", async context =>
                await context.CallSubOrchestratorAsync<string>("Busy", options: new SubOrchestrationOptions(instanceId: "b")));
        });
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Busy", new StartOrchestrationOptions("b"));

        var end = await host.RunAsync("Parent");

        Assert.Contains("instance id 'b' exists and has not ended", end.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task A_termination_takes_the_children_along_when_asked_to()
    {
        await using var host = await Host.StartAsync(SetUpFamily);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("p"));
        await Host.UntilAsync(() => host.Executed("c")?.Turns.Count == 1);

        await host.Client.TerminateInstanceAsync("p", new TerminateInstanceOptions("enough", Recursive: true));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.EndOf("p")).RuntimeStatus);
        var child = await host.EndOf("c");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, child.RuntimeStatus);
        Assert.Equal("enough", child.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_termination_leaves_the_children_alone_otherwise()
    {
        await using var host = await Host.StartAsync(SetUpFamily);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("p"));
        await Host.UntilAsync(() => host.Executed("c")?.Turns.Count == 1);

        await host.Client.TerminateInstanceAsync("p");
        await host.EndOf("p");
        await host.Client.RaiseEventAsync("c", "end", "bye");

        Assert.Equal("bye", (await host.EndOf("c")).ReadOutputAs<string>());
    }

    private static void SetUpFamily(DurableRuntime runtime)
    {
        runtime.AddOrchestrator("Child", async context => await context.WaitForExternalEvent<string>("end"));
        runtime.AddOrchestrator("Parent", async context =>
            await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "c")));
    }
}
