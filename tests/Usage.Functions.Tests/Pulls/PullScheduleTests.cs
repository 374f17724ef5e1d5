using Microsoft.AspNetCore.Http;
using Usage.Core.Outbound;
using Usage.Testing.Emulator;
using Usage.Testing.Servers;

namespace Usage.Functions.Tests.Pulls;

/// <summary>When pulls start.</summary>
public sealed class PullScheduleTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Source_is_pulled_once_for_a_scheduled_time_however_often_it_is_looked_at()
    {
        await using var server = await ServerAsync();
        await using var host = await PullHost.StartAsync(storage, server.Url);
        Assert.Null(await host.LookAsync());
        host.Clock.Now = new(2026, 11, 23, 1, 59, 59, TimeSpan.Zero);
        Assert.Null(await host.LookAsync());
        host.Clock.Now = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

        var instance = await host.LookAsync();

        Assert.Equal($"pull-{host.Integration.Id}-20261123T020000", instance);
        Assert.Equal(PullStatus.Pulled, (await host.EndAsync(instance)).Status);
        Assert.Null(await host.LookAsync());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Missed_nights_are_caught_up_once()
    {
        await using var server = await ServerAsync();
        await using var host = await PullHost.StartAsync(storage, server.Url);
        await host.LookAsync();
        host.Clock.Now = host.Clock.Now.AddDays(5);

        Assert.Equal($"pull-{host.Integration.Id}-20261127T020000", await host.LookAsync());
        await host.EndAsync();
        Assert.Null(await host.LookAsync());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Start_that_was_not_noted_is_not_a_second_one()
    {
        await using var server = await ServerAsync();
        await using var host = await PullHost.StartAsync(storage, server.Url);
        await host.LookAsync();
        host.Clock.Now = host.Clock.Now.AddDays(1);
        var (before, first) = (await host.Pulls.FindAsync(host.Integration.Id, default), await host.LookAsync());
        await host.EndAsync(first);

        // As if the process had ended between the start and its note.
        await host.Pulls.ChangeAsync(
            host.Integration.Id, record => record with { DoneUntil = before!.DoneUntil, Instance = null }, default);

        Assert.Equal(first, await host.LookAsync());
        await host.EndAsync(first);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Changed_schedule_owes_nothing_from_before()
    {
        await using var server = await ServerAsync();
        await using var host = await PullHost.StartAsync(storage, server.Url);
        await host.LookAsync();
        host.Clock.Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        await host.PutAsync(host.Integration with { Source = host.Integration.Source! with { Schedule = "0 0 11 * * *" } });

        Assert.Null(await host.LookAsync());
        host.Clock.Now = host.Clock.Now.AddDays(1);
        Assert.Equal($"pull-{host.Integration.Id}-20261123T110000", await host.LookAsync());
    }

    [Fact]
    public async Task Pull_at_work_is_alone_and_what_it_delays_comes_after_it()
    {
        var go = new TaskCompletionSource();
        await using var server = await ExportServer.StartAsync(async (http, n) =>
        {
            if (n == 1) await go.Task;
            await http.Response.WriteAsync($"a,b\n{n},1\n");
        });
        await using var host = await PullHost.StartAsync(storage, server.Url);
        await host.NowAsync();
        await host.LookAsync();
        host.Clock.Now = host.Clock.Now.AddDays(1);

        Assert.Null(await host.LookAsync());
        go.SetResult();
        await host.EndAsync();
        Assert.Equal($"pull-{host.Integration.Id}-20261123T020000", await host.LookAsync());
        await host.EndAsync();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Pull_that_is_asked_for_in_the_second_in_which_the_last_one_ended_comes_too()
    {
        await using var server = await ServerAsync();
        await using var host = await PullHost.StartAsync(storage, server.Url);
        await host.NowAsync();
        await host.EndAsync();

        // The clock stands still.
        Assert.Equal(PullStatus.Queued, await host.NowAsync());

        await host.EndAsync();
        Assert.Equal(2, server.Requests.Count);
    }

    private static Task<ExportServer> ServerAsync() => ExportServer.StartAsync((http, n) => http.Response.WriteAsync($"a,b\n{n},1\n"));
}
