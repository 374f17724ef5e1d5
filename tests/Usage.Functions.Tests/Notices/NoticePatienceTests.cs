using Microsoft.Extensions.Logging.Abstractions;
using Usage.Core.Ids;
using Usage.Functions.Notices;
using Usage.Functions.Tests.Durable;
using Usage.Functions.Tests.Pulls;
using Usage.Storage.Notices;
using Usage.Storage.Runs;
using Usage.Testing.Emulator;

namespace Usage.Functions.Tests.Notices;

/// <summary>What becomes of a notice that wasn't taken at once.</summary>
public sealed class NoticePatienceTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private readonly OwedNotices _owed = new(storage.Tables);

    [Fact]
    public async Task It_is_sent_for_some_four_hours()
    {
        var history = new NoticeHistory();

        Assert.True(await NotifyRun.RunAsync(history, new NotifyRun.Input(NewRun())));

        Assert.Equal([nameof(SendNotice)], history.Called);
        var policy = history.Policy!;
        var waits = Enumerable.Range(0, policy.MaxNumberOfAttempts - 1).Select(n => Math.Min(
            policy.FirstRetryInterval.TotalSeconds * Math.Pow(policy.BackoffCoefficient, n), policy.MaxRetryInterval.TotalSeconds));
        Assert.Equal(4, waits.Sum() / 3_600, tolerance: 0.1);
    }

    [Fact]
    public async Task Then_it_is_given_up_with_the_reason()
    {
        var (history, run) = (new NoticeHistory { Failure = "hook.example.com answered 500, expected 2xx" }, NewRun());

        Assert.False(await NotifyRun.RunAsync(history, new NotifyRun.Input(run)));

        Assert.Equal([nameof(SendNotice), nameof(GiveUpNotice)], history.Called);
        Assert.Equal(new GiveUpNotice.Input(run, history.Failure), history.LastInput);
    }

    [Fact]
    public async Task What_is_given_up_is_owed_no_more()
    {
        var run = NewRun();
        await _owed.AddAsync(run, default);

        await new GiveUpNotice(new RunStore(storage.Tables, new RunBlobs(storage.Blobs)), _owed, NullLogger<GiveUpNotice>.Instance)
            .RunAsync(new GiveUpNotice.Input(run, "nobody there"), default);

        Assert.DoesNotContain(run, await _owed.ListAsync(DateTimeOffset.MaxValue, default));
        Assert.False(await _owed.AddAsync(run, default));
    }

    [Fact]
    public async Task Timer_hands_on_what_is_owed_for_a_while_once()
    {
        var started = 0;
        await using var engine = await TestEngine.StartAsync(registry => registry.AddOrchestratorFunc<NotifyRun.Input, bool>(
            nameof(NotifyRun), (_, _) => Task.FromResult(Interlocked.Increment(ref started) > 0)));
        var (clock, run) = (new SetClock { Now = DateTimeOffset.UtcNow }, NewRun());
        var timer = new NoticeTimer(_owed, clock);
        await _owed.AddAsync(run, default);

        await timer.RunAsync(new(), engine.Client, default);
        Assert.Null(await engine.Client.GetInstanceAsync($"notify-{run}"));
        clock.Now += TimeSpan.FromMinutes(2);
        for (var i = 0; i < 2; i++)
        {
            await timer.RunAsync(new(), engine.Client, default);
            await engine.Client.WaitForInstanceCompletionAsync($"notify-{run}");
        }

        Assert.Equal((await _owed.ListAsync(DateTimeOffset.MaxValue, default)).Count, started);
    }

    private static RunId NewRun() => RunIdText.Unique(DateTimeOffset.UtcNow, Guid.NewGuid());
}
