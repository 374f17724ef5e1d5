using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task An_event_is_received_whether_it_comes_before_or_after_the_wait()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Two", async context
            => await context.WaitForExternalEvent<int>("a") + await context.WaitForExternalEvent<int>("B")));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Two");

        await host.Client.RaiseEventAsync(id, "b", 40);
        await host.RestartAsync();
        await host.Client.RaiseEventAsync(id, "A", 2);

        Assert.Equal(42, (await host.EndOf(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Events_of_one_name_are_received_in_the_order_in_which_they_came()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Three", async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            return await context.WaitForExternalEvent<string>("x") + await context.WaitForExternalEvent<string>("x");
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Three");
        foreach (var (name, text) in new[] { ("x", "1"), ("x", "2"), ("go", "") })
        {
            await host.Client.RaiseEventAsync(id, name, text);
        }

        Assert.Equal("12", (await host.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_with_a_timeout_ends_by_the_event_or_by_the_time()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Patient", async context =>
        {
            var first = await context.WaitForExternalEvent<string>("x", TimeSpan.FromHours(1));
            try
            {
                return first + await context.WaitForExternalEvent<string>("x", TimeSpan.FromHours(1));
            }
            catch (OperationCanceledException)
            {
                return first + " and no more";
            }
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Patient");
        await host.Client.RaiseEventAsync(id, "x", "one");
        await Host.UntilAsync(() => host.Executed(id)?.Turns.Sum(turn => turn.Decisions.Count) == 2 && host.OpenTimers(id) == 1);
        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("one and no more", (await host.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_sent_by_an_orchestrator_arrives_once()
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddOrchestrator("Receiver", async context => await context.WaitForExternalEvent<int>("n"));
            runtime.AddOrchestrator("Sender", context =>
            {
                context.SendEvent("receiver", "n", 7);
                context.SendEvent("nobody", "n", 8);
                return Task.FromResult<object?>(null);
            });
        });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Receiver", new StartOrchestrationOptions("receiver"));
        await host.RunAsync("Sender");

        Assert.Equal(7, (await host.EndOf(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_event_for_nobody_or_for_an_ended_instance_is_discarded()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Short", _ => Task.FromResult<object?>(1)));
        var end = await host.RunAsync("Short");

        await host.Client.RaiseEventAsync(end.InstanceId, "x");
        await host.Client.RaiseEventAsync("nobody", "x");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync(end.InstanceId))!.RuntimeStatus);
    }

    [Fact]
    public async Task Continue_as_new_keeps_the_events_that_nobody_waited_for()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Counter", async context =>
        {
            var (left, sum) = context.GetInput<(int, int)>();
            if (left == 0)
            {
                return sum;
            }

            context.SetCustomStatus($"{left} left");
            sum += await context.WaitForExternalEvent<int>("add");
            context.ContinueAsNew((left - 1, sum));
            return null;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Counter", (5, 0));
        foreach (var number in new[] { 1, 2, 3 })
        {
            await host.Client.RaiseEventAsync(id, "add", number);
        }

        await Host.UntilAsync(() => host.Executed(id)?.CustomStatus == "\"2 left\"");
        await host.RestartAsync();
        await host.Client.RaiseEventAsync(id, "add", 4);
        await host.Client.RaiseEventAsync(id, "add", 5);

        var end = await host.EndOf(id);
        Assert.Equal(15, end.ReadOutputAs<int>());
        Assert.Equal("1 left", end.ReadCustomStatusAs<string>());
        Assert.Equal("(0, 15)", end.ReadInputAs<(int, int)>().ToString());
        Assert.True(host.Runtime.GetHistorySize(id)!.Value.Events < 5);
    }

    [Fact]
    public async Task Continue_as_new_forgets_events_when_told_so()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Forgetful", async context =>
        {
            if (context.GetInput<string>() == "again")
            {
                return await context.WaitForExternalEvent<string>("kept");
            }

            await context.WaitForExternalEvent<string>("go");
            context.ContinueAsNew("again", preserveUnprocessedEvents: false);
            return null;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Forgetful");
        await host.Client.RaiseEventAsync(id, "kept", "old");
        await host.Client.RaiseEventAsync(id, "go", "");
        await Host.UntilAsync(() => host.Executed(id) is { Start.IsContinuation: true, Turns.Count: 1 });
        await host.Client.RaiseEventAsync(id, "kept", "new");

        Assert.Equal("new", (await host.EndOf(id)).ReadOutputAs<string>());
    }
}
