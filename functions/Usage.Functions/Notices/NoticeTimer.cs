using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Storage.Notices;

namespace Usage.Functions.Notices;

/// <summary>Hands notices that weren't taken at once to an orchestration each, which has more patience.</summary>
public sealed class NoticeTimer(OwedNotices owed, TimeProvider clock)
{
    // Longer than the one try at once can take.
    private static readonly TimeSpan Fresh = SendNotice.Patience + TimeSpan.FromSeconds(15);

    [Function("SendOwedNotices")]
    public async Task RunAsync(
        [TimerTrigger("30 * * * * *", UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        foreach (var run in await owed.ListAsync(clock.GetUtcNow() - Fresh, cancellationToken))
            await StartAsync(client, run, cancellationToken);
    }

    private static async Task StartAsync(DurableTaskClient client, RunId run, CancellationToken cancellationToken)
    {
        var id = $"notify-{run}";
        if (await client.GetInstanceAsync(id, cancellationToken) is not null) return;
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(NotifyRun), new NotifyRun.Input(run), new StartOrchestrationOptions(id), cancellationToken);
    }
}
