using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Tests;

public sealed class NonDeterminismTests
{
    public static TheoryData<string, Func<TaskOrchestrationContext, Task<object?>>> Changes => new()
    {
        { "expects activity 'First' (#0), found that the code now asks for activity 'Other' (#0)", context => CallAsync(context, "Other") },
        { "expects activity 'First' (#0), found that the code now asks for timer (#0)", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return null;
        } },
        { "expects activity 'First' (#0), found that the code now asks for nothing", async context => await context.WaitForExternalEvent<string>("x") },
        { "expects nothing more, found that the code now asks for activity 'Second' (#1)", async context =>
        {
            await Task.WhenAll(CallAsync(context, "First"), CallAsync(context, "Second"));
            return null;
        } },
        { "its history goes on, found that the code now ends", context =>
        {
            _ = CallAsync(context, "First");
            return Task.FromResult<object?>(null);
        } },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public async Task A_changed_orchestrator_is_named_with_what_was_expected_and_found(
        string what, Func<TaskOrchestrationContext, Task<object?>> changed)
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("First", (_, _) => Task.FromResult<object?>(null));
            runtime.AddOrchestrator("Changing", async context =>
            {
                await CallAsync(context, "First");
                return await context.WaitForExternalEvent<string>("go");
            });
        });
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Changing", new StartOrchestrationOptions("one"));
        await Host.UntilAsync(() => host.Executed("one")?.Turns.Count == 2);

        await host.RestartAsync(runtime => runtime.AddOrchestrator("Changing", changed));
        await host.Client.RaiseEventAsync("one", "go");

        var end = await host.EndOf("one");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", end.FailureDetails!.ErrorType);
        Assert.StartsWith("Orchestrator 'Changing' of instance 'one' is not deterministic: in step 1", end.FailureDetails.ErrorMessage);
        Assert.Contains(what, end.FailureDetails.ErrorMessage);
    }

    public static TheoryData<Func<TaskOrchestrationContext, Task<object?>>> ForeignTasks => new()
    {
        async _ =>
        {
            await Task.Delay(50);
            return null;
        },
        async _ => await Task.Run(async () =>
        {
            await Task.Delay(50);
            return 1;
        }),
        async _ => await new TaskCompletionSource<object?>().Task,
        async context =>
        {
            // Something durable is open too: that must not hide it.
            var waiting = context.WaitForExternalEvent<string>("never");
            await Task.Delay(50);
            return await waiting;
        },
        async context =>
        {
            await Task.Delay(50).ConfigureAwait(false);
            await context.CallActivityAsync("First");
            return await context.WaitForExternalEvent<string>("never");
        },
    };

    [Theory]
    [MemberData(nameof(ForeignTasks), DisableDiscoveryEnumeration = true)]
    public async Task A_task_that_is_not_the_contexts_is_named_and_hangs_nothing(Func<TaskOrchestrationContext, Task<object?>> code)
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Impatient", code));

        var end = await host.RunAsync("Impatient", id: "one");

        Assert.StartsWith(
            "Orchestrator 'Impatient' of instance 'one' is not deterministic: The orchestrator awaited a task that is not its context's",
            end.FailureDetails!.ErrorMessage);
    }

    private static async Task<object?> CallAsync(TaskOrchestrationContext context, string activity)
    {
        await context.CallActivityAsync(activity);
        return null;
    }
}
