using System.Net;

namespace Usage.Host.Tests;

/// <summary>What the app relies on of the durable engine, seen on the engine itself.</summary>
public sealed class DurableTests(SharedHost host)
{
    private readonly string _id = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task Sub_orchestrations_fan_out_and_in()
    {
        await host.App.PostAsync($"start/FanOut/{_id}?input=3");
        Assert.Equal("Completed 90", await host.App.EndOfAsync(_id));
    }

    [Fact]
    public async Task Orchestration_begins_anew_with_its_new_input_and_hears_an_event()
    {
        await host.App.PostAsync($"start/Rounds/{_id}?input=0");
        await host.App.UntilAsync(() => host.App.Count($"round 3 of {_id}") > 0);
        await host.App.PostAsync($"raise/{_id}/Go");
        Assert.Matches(@"^Completed ""000+ raised""$", await host.App.EndOfAsync(_id));
    }

    [Fact]
    public async Task Failed_activity_is_tried_as_often_as_its_policy_says_and_its_exception_comes_as_details()
    {
        await host.App.PostAsync($"start/Failing/{_id}?input={_id}");
        Assert.Equal($"Completed \"System.InvalidOperationException: {_id}\"", await host.App.EndOfAsync(_id));
        Assert.Equal(3, host.App.Count($"fail {_id}"));
    }

    [Fact]
    public async Task Orchestrator_that_does_something_else_at_a_replay_fails_and_says_so()
    {
        await host.App.PostAsync($"start/Changing/{_id}?input=x");
        Assert.StartsWith("Failed", await host.App.EndOfAsync(_id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_that_is_under_way_is_refused_and_one_that_has_ended_starts_anew()
    {
        await host.App.PostAsync($"start/Sum/{_id}?input={_id}");
        await host.App.UntilAsync(() => host.App.Count($"square 3 of {_id}") == 1);
        using (var refused = await host.Http.PostAsync($"start/Sum/{_id}?input=", null))
            Assert.Equal((HttpStatusCode.Conflict, "OrchestrationAlreadyExistsException"),
                (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        host.App.Open(_id);
        Assert.Equal("Completed 30", await host.App.EndOfAsync(_id));
        await host.App.PostAsync($"start/FanOut/{_id}?input=1");
        await host.App.UntilAsync(() => host.App.Count($"squared 4 of {_id}") == 1);
        Assert.Equal("Completed 30", await host.App.EndOfAsync(_id));
    }
}
