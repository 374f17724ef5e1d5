using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Tests;

public sealed class QueryTests
{
    [Fact]
    public async Task Instances_are_listed_page_by_page_before_and_after_a_restart()
    {
        await using var host = await Host.StartAsync(SetUp);
        for (var i = 0; i < 25; i++)
        {
            await host.RunAsync("Quick", i, $"a-{i:00}");
        }

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", new StartOrchestrationOptions("b-running"));

        foreach (var restart in new[] { false, true })
        {
            if (restart)
            {
                await host.RestartAsync();
            }

            var pages = await ToListAsync(host.Client.GetAllInstancesAsync(new(PageSize: 10)).AsPages());
            Assert.Equal([10, 10, 6], pages.Select(page => page.Values.Count));
            Assert.Equal("b-running", pages[^1].Values[^1].InstanceId);
            Assert.Null(pages[^1].ContinuationToken);
        }
    }

    [Fact]
    public async Task A_query_goes_by_status_prefix_and_time_of_creation()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Quick", 1, "a-1");
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.RunAsync("Quick", 2, "a-2");
        await host.RunAsync("Missing", id: "b-1");
        var since = host.Clock.GetUtcNow();

        Assert.Equal(["b-1"], await IdsAsync(host, new(Statuses: [OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(host, new(InstanceIdPrefix: "a-")));
        Assert.Equal(["a-2", "b-1"], await IdsAsync(host, new(CreatedFrom: since)));
        Assert.Equal(["a-1"], await IdsAsync(host, new(CreatedTo: since.AddMinutes(-1))));
    }

    [Fact]
    public async Task Inputs_and_outputs_come_only_when_asked_for()
    {
        await using var host = await Host.StartAsync(SetUp);
        await host.RunAsync("Quick", 7, "a");

        var bare = Assert.Single(await ToListAsync(host.Client.GetAllInstancesAsync()));
        var full = Assert.Single(await ToListAsync(host.Client.GetAllInstancesAsync(new(FetchInputsAndOutputs: true))));

        Assert.Null(bare.SerializedOutput);
        Assert.Equal(7, full.ReadOutputAs<int>());
    }

    private static async Task<IEnumerable<string>> IdsAsync(Host host, OrchestrationQuery query)
        => (await ToListAsync(host.Client.GetAllInstancesAsync(query))).Select(found => found.InstanceId);

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> values)
    {
        var list = new List<T>();
        await foreach (var value in values)
        {
            list.Add(value);
        }

        return list;
    }

    private static void SetUp(Local.DurableRuntime runtime)
    {
        runtime.AddOrchestrator("Quick", context => Task.FromResult<object?>(context.GetInput<int?>()));
        runtime.AddOrchestrator("Waiter", async context => await context.WaitForExternalEvent<string>("go"));
    }
}
