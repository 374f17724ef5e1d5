namespace Microsoft.DurableTask.Tests;

public sealed class FanOutTests
{
    [Fact]
    public async Task Five_hundred_activities_run_a_few_at_a_time()
    {
        var (running, most) = (0, 0);
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Square", async (activity, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                var number = (int)activity.GetInput(typeof(int))!;
                return (long)number * number;
            });
            runtime.AddOrchestrator("Squares", async context => (await Task.WhenAll(
                Enumerable.Range(1, 500).Select(i => context.CallActivityAsync<long>("Square", i)))).Sum());
        });

        var end = await host.RunAsync("Squares");

        Assert.Equal(41_791_750, end.ReadOutputAs<long>());
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Fifty_instances_run_side_by_side()
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Next", (activity, _) => Task.FromResult<object?>((int)activity.GetInput(typeof(int))! + 1));
            runtime.AddOrchestrator("Count", async context =>
            {
                var number = context.GetInput<int>();
                for (var i = 0; i < 6; i++)
                {
                    number = await context.CallActivityAsync<int>("Next", number);
                }

                return number;
            });
        });

        var ends = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.RunAsync("Count", i * 10)));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (i * 10) + 6), ends.Select(end => end.ReadOutputAs<int>()));
        await Host.UntilAsync(() => host.Runtime.Engine.Store.Live.Count == 0);
    }

    [Fact]
    public async Task The_first_of_several_tasks_wins()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Race", async context =>
        {
            var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            var answer = context.WaitForExternalEvent<string>("answer");
            return await Task.WhenAny(timer, answer) == answer ? await answer : "too late";
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Race");
        await host.Client.RaiseEventAsync(id, "answer", "in time");

        Assert.Equal("in time", (await host.EndOf(id)).ReadOutputAs<string>());
    }
}
