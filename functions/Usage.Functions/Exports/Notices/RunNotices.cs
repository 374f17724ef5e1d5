using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Usage.Core.Runs;
using Usage.Storage.Integrations;

namespace Usage.Functions.Exports.Notices;

/// <summary>The one call at the end of a run.</summary>
public sealed class RunNotices(IntegrationStore integrations)
{
    /// <summary>Sees to it that the integration's <c>notify</c>, if it has one, is told of this run once. It may be called again for the same run.</summary>
    public async Task AnnounceAsync(DurableTaskClient client, Run run, CancellationToken cancel)
    {
        if (run.Kind != RunKind.Import || run.Integration is not { } integration) return;
        if ((await integrations.GetAsync(integration, cancel))?.Value.Notify is null) return;
        var id = $"notify-{run.Id}";
        if (await client.GetInstanceAsync(id, cancel) is not null) return;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(NotifyRun), new NotifyRun.Input(run.Id), new StartOrchestrationOptions(id), cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Another attempt of the same step may have been faster; anything else goes up.
            if (await client.GetInstanceAsync(id, cancel) is null) throw;
        }
    }
}
