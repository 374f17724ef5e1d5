using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Usage.Functions.Upkeep;

/// <summary>A timer that fails isn't tried again before its next time, so it only starts an orchestration, which is.</summary>
public static class UpkeepTimers
{
    [Function(nameof(SweepOnTime))]
    public static Task SweepOnTime(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync(client, nameof(Sweep), cancellationToken);

    [Function(nameof(PurgeOnTime))]
    public static Task PurgeOnTime(
        [TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync(client, nameof(Purge), cancellationToken);

    /// <summary>There is one of each at a time, since its name is its id.</summary>
    private static async Task StartAsync(DurableTaskClient client, string orchestration, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(orchestration, getInputsAndOutputs: false, cancellationToken) is { IsCompleted: false }) return;
        await client.ScheduleNewOrchestrationInstanceAsync(orchestration, new StartOrchestrationOptions(orchestration), cancellationToken);
    }
}
