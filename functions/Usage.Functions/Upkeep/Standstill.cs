using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Steps;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>Sees to a run that hasn't ended: one that was never started is started, one whose orchestration is dead is ended.</summary>
public sealed partial class Standstill(RunStore runs, ImportScheduler scheduler, EndStep end, ILogger<Standstill> logger)
{
    /// <summary>A run that couldn't be started all that time is not tried for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <param name="unchanged">For how long.</param>
    public async Task SeeToAsync(DurableTaskClient client, RunId id, TimeSpan unchanged, CancellationToken cancel)
    {
        var instance = await client.GetInstanceAsync(id.Value, getInputsAndOutputs: false, cancel);
        if (instance is { IsCompleted: false }) return;
        // Read after the instance: an orchestration ends after its run's record does.
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded()) return;
        if (instance is null) await StartAsync(client, stored, unchanged, cancel);
        else await scheduler.GiveUpAsync(client, stored, instance.RuntimeStatus, cancel);
    }

    private async Task StartAsync(DurableTaskClient client, StoredRun stored, TimeSpan unchanged, CancellationToken cancel)
    {
        LogUnstarted(stored.Run.Id, stored.Run.Integration);
        try
        {
            await scheduler.ScheduleAsync(client, Input(stored), cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            // The others are to be seen to all the same, and this one again at the next time.
            LogUnstartable(stored.Run.Id, stored.Run.Integration, error);
            if (unchanged < Patience) return;
            await end.FailAsync(stored.Run.Id, new RunError(IssueCode.ImportFailed,
                "The file could not be processed: its run could not be started for an hour. The app's log tells more under the run's id. Drop the file again once the cause is mended."), cancel);
        }
    }

    private static ImportFile.Input Input(StoredRun stored) => new(stored.Run.Id, stored.Run.Kind)
    {
        Drop = stored.Run.Kind == RunKind.Import
            ? new Drop(stored.Source.Blob, stored.Source.ETag, stored.Run.ArrivedAt, stored.Source.Force)
            : null,
    };

    [LoggerMessage(LogLevel.Warning, "Run {Run} of {Integration} has no orchestration: it is started now")]
    private partial void LogUnstarted(RunId run, IntegrationId? integration);

    [LoggerMessage(LogLevel.Error, "Run {Run} of {Integration} can't be started")]
    private partial void LogUnstartable(RunId run, IntegrationId? integration, Exception error);
}
