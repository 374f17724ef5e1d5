using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>Starts a run that was never started, and fails one whose orchestration is dead.</summary>
public sealed partial class Standstill(RunStore runs, RunScheduler scheduler, RunEnd end, ILogger<Standstill> logger)
{
    /// <summary>A run that can't be started for so long is failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <param name="unchanged">How long the run's record hasn't changed.</param>
    public async Task SeeToAsync(DurableTaskClient client, RunId id, TimeSpan unchanged, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(id.Value, getInputsAndOutputs: false, cancellationToken);
        if (instance is { IsCompleted: false }) return;
        // Read after the instance: an orchestration ends after its run's record does.
        var stored = await runs.GetAsync(id, cancellationToken);
        if (stored.Run.HasEnded()) return;
        if (instance is null) await StartAsync(client, stored, unchanged, cancellationToken);
        else await scheduler.FailAsync(client, stored, instance.RuntimeStatus, cancellationToken);
    }

    private async Task StartAsync(DurableTaskClient client, StoredRun stored, TimeSpan unchanged, CancellationToken cancellationToken)
    {
        var run = stored.Run;
        LogUnstarted(run.Id, run.Integration);
        try
        {
            await scheduler.ScheduleAsync(client, RunStart.Of(stored), cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // The sweep goes on with the other runs, and tries this one again the next time.
            LogUnstartable(run.Id, run.Integration, error);
            if (unchanged < Patience) return;
            var failure = new RunError(
                IssueCode.ImportFailed,
                "The file could not be processed: its run could not be started for an hour. "
                + "The app's log tells more under the run's id. Drop the file again once the cause is mended.");
            await end.FailAsync(run.Id, failure, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Run {Run} of {Integration} has no orchestration: it is started now")]
    private partial void LogUnstarted(RunId run, IntegrationId? integration);

    [LoggerMessage(LogLevel.Error, "Run {Run} of {Integration} can't be started")]
    private partial void LogUnstartable(RunId run, IntegrationId? integration, Exception error);
}
