using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Runs;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Runs;

[Collection(SharedStorage.Name)]
public sealed class QueuedRunsTests(StorageFixture storage)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly QueuedRuns _queue = new(storage.Tables);

    [Fact]
    public async Task Files_stand_in_order_of_arrival_then_name()
    {
        var integration = new IntegrationId("in-order");
        QueuedRun[] ordered = [New("i/z.csv", 0), New("i/a/b#1?.csv", 1), New("i/a/c %|\\.csv", 1), New("i/ä.csv", 1), New("i/a.csv", 2)];
        foreach (var run in ordered.Reverse()) await _queue.AddAsync(integration, run, default);

        Assert.Equal(ordered[..4], await _queue.BeforeAsync(integration, ordered[4], default));
        Assert.Equal(ordered[0], await _queue.FirstAsync(integration, default));
        await _queue.RemoveAsync(integration, ordered[0], default);
        await _queue.RemoveAsync(integration, ordered[0], default);
        Assert.Equal(ordered[1], await _queue.FirstAsync(integration, default));
    }

    [Fact]
    public async Task Integrations_have_queues_of_their_own()
    {
        await _queue.AddAsync(new IntegrationId("one"), New("a.csv", 0), default);

        Assert.Empty(await _queue.BeforeAsync(new IntegrationId("other"), New("b.csv", 1), default));
        Assert.Null(await _queue.FirstAsync(new IntegrationId("other"), default));
    }

    [Fact]
    public async Task Longest_names_fit_the_key()
    {
        var integration = new IntegrationId("longest");
        var run = New("i/" + new string('ü', 1_000), 0);

        await _queue.AddAsync(integration, run, default);

        Assert.Equal(run, await _queue.FirstAsync(integration, default));
    }

    private static QueuedRun New(string blob, int seconds) => QueuedRun.Of(new Drop(blob, "0x1", Noon.AddSeconds(seconds), Force: false));
}
