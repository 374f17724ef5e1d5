using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.DurableTask.Tests;

public sealed class DurabilityTests
{
    [Fact]
    public async Task A_second_owner_of_the_directory_is_refused_in_one_sentence()
    {
        await using var host = await Host.StartAsync(_ => { });
        await using var second = new DurableRuntime(new() { Directory = host.Directory }, NullLoggerFactory.Instance);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync(CancellationToken.None));

        Assert.Equal(
            $"The durable task directory '{host.Directory}' is in use by another process: stop that one, or give this one a directory of its own.",
            refused.Message);
    }

    [Fact]
    public async Task A_tail_cut_off_anywhere_is_dropped_and_the_step_done_again()
    {
        await using var host = await Host.StartAsync(SetUp);
        var whole = (await host.RunAsync("Steps", id: "one")).ReadOutputAs<string>();
        await Host.UntilAsync(() => host.Runtime.Engine.Store.Live.Count == 0);
        var log = await File.ReadAllBytesAsync(host.LogOf("one"));
        var index = await File.ReadAllBytesAsync(Path.Combine(host.Directory, "index"));

        // Not the first record: without it the instance's start was never acknowledged.
        for (var length = FirstRecord(log); length < log.Length; length += 7)
        {
            await host.RestartAsync(between: () =>
            {
                File.WriteAllBytes(host.LogOf("one"), log[..length]);
                File.WriteAllBytes(Path.Combine(host.Directory, "index"), index[..FirstRecord(index)]);
            });
            Assert.Equal(whole, (await host.EndOf("one")).ReadOutputAs<string>());
        }
    }

    [Fact]
    public async Task A_flipped_bit_ends_the_history_there()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Steps", id: "one");
        await Host.UntilAsync(() => host.Runtime.Engine.Store.Live.Count == 0);
        var log = await File.ReadAllBytesAsync(host.LogOf("one"));
        log[^3] ^= 4;
        var records = 0;

        var good = Frames.ReadAll(log, _ => records++);

        Assert.True(good < log.Length);
        Assert.Equal(good, Frames.ReadAll(log[..(int)good], _ => records--));
        Assert.Equal(0, records);
    }

    [Fact]
    public async Task Ended_instances_leave_the_memory_and_keep_their_record()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Steps", id: "one");
        await Host.UntilAsync(() => host.Runtime.Engine.Store.Live.Count == 0);

        var size = host.Runtime.GetHistorySize("one")!.Value;

        Assert.Equal(new FileInfo(host.LogOf("one")).Length, size.Bytes);
        Assert.InRange(size.Bytes, 100, 600);
        Assert.Equal(11, size.Events);
        Assert.Null(host.Runtime.GetHistorySize("nobody"));
    }

    [Fact]
    public async Task An_activity_cut_short_by_the_stop_runs_again_at_the_next_start()
    {
        var runs = 0;
        await using var host = await Host.StartAsync(
            runtime =>
            {
                runtime.AddActivity("Slow", async (_, stop) =>
                {
                    if (Interlocked.Increment(ref runs) == 1)
                    {
                        await Task.Delay(Timeout.Infinite, stop);
                    }

                    return runs;
                });
                runtime.AddOrchestrator("Waits", async context => await context.CallActivityAsync<int>("Slow"));
            },
            options => options with { ShutdownGrace = TimeSpan.FromMilliseconds(50) });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await Host.UntilAsync(() => runs == 1);

        await host.RestartAsync();

        Assert.Equal(2, (await host.EndOf(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_activity_that_nobody_awaits_runs_to_its_end_though_its_orchestrator_is_over()
    {
        var (runs, gate) = (0, new TaskCompletionSource());
        await using var host = await Host.StartAsync(
            runtime =>
            {
                runtime.AddActivity("Slow", async (_, stop) =>
                {
                    Interlocked.Increment(ref runs);
                    await gate.Task.WaitAsync(stop);
                    return null;
                });
                runtime.AddOrchestrator("Hasty", context =>
                {
                    _ = context.CallActivityAsync("Slow");
                    return Task.FromResult<object?>("done");
                });
            },
            options => options with { ShutdownGrace = TimeSpan.Zero });
        var end = await host.RunAsync("Hasty");
        await Host.UntilAsync(() => runs == 1);
        await host.RestartAsync();
        await Host.UntilAsync(() => runs == 2);
        gate.SetResult();

        await Host.UntilAsync(() => host.Runtime.Engine.Store.Live.Count == 0);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
    }

    private static int FirstRecord(byte[] file) => 8 + BitConverter.ToInt32(file);

    private static void SetUp(DurableRuntime runtime)
    {
        runtime.AddActivity("Echo", (activity, _) => Task.FromResult(activity.GetInput(typeof(string))));
        runtime.AddOrchestrator("Steps", async context => context.InstanceId
            + await context.CallActivityAsync<string>("Echo", "a")
            + await context.CallActivityAsync<string>("Echo", "b")
            + await context.CallActivityAsync<string>("Echo", "c"));
    }
}
