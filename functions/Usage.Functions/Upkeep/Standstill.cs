using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Runs;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Steps;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>Sees to a run that hasn't ended: one that was never started is started, one whose orchestration is dead is ended.</summary>
public sealed partial class Standstill(RunStore runs, ImportScheduler scheduler, EndStep end, ILogger<Standstill> logger)
{
    public async Task SeeToAsync(DurableTaskClient client, RunId id, CancellationToken cancel)
    {
        var instance = await client.GetInstanceAsync(id.Value, getInputsAndOutputs: false, cancel);
        if (instance is { IsCompleted: false }) return;
        // Read after the instance: an orchestration ends after its run's record does.
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded()) return;
        if (instance is null)
        {
            LogUnstarted(id);
            await scheduler.ScheduleAsync(client, Input(stored), cancel);
            return;
        }

        LogDead(id, instance.RuntimeStatus);
        var ended = await end.FailAsync(id, new RunError(IssueCode.ImportFailed,
            "The run's orchestration ended before the file was through. Drop the file again to import it."), cancel);
        if (ended.Next is { } next) await client.RaiseEventAsync(next.Value, ImportFile.Wake, true, cancel);
    }

    private static ImportFile.Input Input(StoredRun stored) => new(stored.Run.Id, stored.Run.Kind)
    {
        Drop = stored.Run.Kind == RunKind.Import
            ? new Drop(stored.Source.Blob, stored.Source.ETag, stored.Run.ArrivedAt, stored.Source.Force)
            : null,
    };

    [LoggerMessage(LogLevel.Warning, "Run {Run} has no orchestration: it is started now")]
    private partial void LogUnstarted(RunId run);

    [LoggerMessage(LogLevel.Warning, "Run {Run} stood still, its orchestration is {Status}: it is ended")]
    private partial void LogDead(RunId run, OrchestrationRuntimeStatus status);
}
