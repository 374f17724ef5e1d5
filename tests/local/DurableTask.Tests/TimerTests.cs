namespace Microsoft.DurableTask.Tests;

public sealed class TimerTests
{
    [Fact]
    public async Task A_timer_outlives_a_restart_and_fires_at_its_time()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Sleeper", async context =>
        {
            var begun = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
            return (context.CurrentUtcDateTime - begun).TotalDays;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Sleeper");
        await Host.UntilAsync(() => host.OpenTimers(id) == 1);

        await host.RestartAsync(between: () => host.Clock.Advance(TimeSpan.FromDays(2)));
        Assert.Equal(1, host.OpenTimers(id));
        host.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(3, (await host.EndOf(id)).ReadOutputAs<double>());
    }

    [Fact]
    public async Task A_timer_that_became_due_while_nothing_ran_fires_at_the_start()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Sleeper", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return "awake";
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Sleeper");
        await Host.UntilAsync(() => host.OpenTimers(id) == 1);

        await host.RestartAsync(between: () => host.Clock.Advance(TimeSpan.FromHours(2)));

        Assert.Equal("awake", (await host.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_cancelled_timer_throws_where_it_is_awaited_and_keeps_nobody_waiting()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Undecided", async context =>
        {
            using var end = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), end.Token);
            end.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            return "done";
        }));

        Assert.Equal("done", (await host.RunAsync("Undecided")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_instance_scheduled_for_later_is_pending_until_then()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Later", _ => Task.FromResult<object?>("now")));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Later", new StartOrchestrationOptions(StartAt: host.Clock.GetUtcNow().AddHours(1)));

        Assert.Equal(Client.OrchestrationRuntimeStatus.Pending, (await host.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await host.RestartAsync();
        Assert.Equal(Client.OrchestrationRuntimeStatus.Pending, (await host.Client.GetInstanceAsync(id))!.RuntimeStatus);
        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("now", (await host.EndOf(id)).ReadOutputAs<string>());
    }
}
