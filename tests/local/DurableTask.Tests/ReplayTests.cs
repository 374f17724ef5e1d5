using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Tests;

public sealed class ReplayTests
{
    [Fact]
    public async Task Activities_run_once_while_the_orchestrator_runs_again_at_each_step()
    {
        var starts = 0;
        var calls = new ConcurrentQueue<string>();
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Greet", (activity, _) =>
            {
                calls.Enqueue((string)activity.GetInput(typeof(string))!);
                return Task.FromResult<object?>($"Hello {activity.GetInput(typeof(string))}");
            });
            runtime.AddOrchestrator("Greetings", async context =>
            {
                Interlocked.Increment(ref starts);
                var first = await context.CallActivityAsync<string>("Greet", context.GetInput<string>());
                var second = await context.CallActivityAsync<string>("greet", "Rome");
                return $"{first}, {second}";
            });
        });

        var end = await host.RunAsync("Greetings", "Oslo");

        Assert.Equal("Hello Oslo, Hello Rome", end.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(["Oslo", "Rome"], calls);
        Assert.Equal(3, starts);
    }

    [Fact]
    public async Task Ids_and_times_are_the_same_in_every_replay()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Nothing", (_, _) => Task.FromResult<object?>(null));
            runtime.AddOrchestrator("Ids", async context =>
            {
                var ids = $"{context.NewGuid()} {context.NewGuid()} {context.CurrentUtcDateTime:o}";
                await context.CallActivityAsync("Nothing");
                seen.Enqueue(ids);
                await context.CallActivityAsync("Nothing");
                return ids;
            });
        });

        var end = await host.RunAsync("Ids", id: "one");

        Assert.Equal([end.ReadOutputAs<string>()!], seen.Distinct());
        Assert.Equal(2, seen.Count);
        // Version 5 of "one_2026-11-23T08:00:00.0000000Z_0" in the official worker's namespace.
        Assert.Equal("6e67fc4e-7c67-585e-a0e4-f980bc776cc4", seen.First().Split(' ')[0]);
    }

    [Fact]
    public async Task A_logger_of_the_context_is_silent_in_replays()
    {
        var replaying = new ConcurrentQueue<bool>();
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Nothing", (_, _) => Task.FromResult<object?>(null));
            runtime.AddOrchestrator("Steps", async context =>
            {
                replaying.Enqueue(context.IsReplaying);
                await context.CallActivityAsync("Nothing");
                return null;
            });
        });

        await host.RunAsync("Steps");

        Assert.Equal([false, true], replaying);
    }
}
