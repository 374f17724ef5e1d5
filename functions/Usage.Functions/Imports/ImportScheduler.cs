using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports;

/// <summary>Starts a run's orchestration once, however often it is asked to.</summary>
public sealed partial class ImportScheduler(RunStore runs, ILogger<ImportScheduler> logger)
{
    public static RunId IdOf(Drop drop) => RunIdText.ForDrop(drop.ArrivedAt, drop.Path, drop.ETag);

    public Task<RunId> ScheduleAsync(DurableTaskClient client, Drop drop, CancellationToken cancel) =>
        ScheduleAsync(client, new ImportFile.Input(IdOf(drop), RunKind.Import) { Drop = drop }, cancel);

    public async Task<RunId> ScheduleAsync(DurableTaskClient client, ImportFile.Input input, CancellationToken cancel)
    {
        // An orchestration that has ended would be started anew under its id: the run's own record knows better.
        if (await runs.FindAsync(input.Run, cancel) is { } known && known.Run.HasEnded()) return input.Run;
        if (await IsUnderWayAsync(client, input.Run, cancel)) return input.Run;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(ImportFile), input, new StartOrchestrationOptions(input.Run.Value), cancel);
            LogScheduled(input.Run, input.Drop?.Folder, input.Kind, input.Drop?.Path);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Somebody else may have been faster, which each backend tells with an exception of its own: look again.
            if (!await IsUnderWayAsync(client, input.Run, cancel)) throw;
        }

        return input.Run;
    }

    /// <summary>Ends a run whose orchestration has ended before it did: defective, or ended from outside.</summary>
    public Task<RunId> GiveUpAsync(DurableTaskClient client, StoredRun stored, OrchestrationRuntimeStatus status, CancellationToken cancel)
    {
        LogDead(stored.Run.Id, stored.Run.Integration, status);
        var reason = new RunError(IssueCode.ImportFailed, "The run's orchestration ended before the file was through. Drop the file again to import it.");
        return ScheduleAsync(client, new ImportFile.Input(stored.Run.Id, stored.Run.Kind) { GiveUp = reason }, cancel);
    }

    public static async Task<bool> IsUnderWayAsync(DurableTaskClient client, RunId run, CancellationToken cancel) =>
        await client.GetInstanceAsync(run.Value, getInputsAndOutputs: false, cancel) is { } found && !found.IsCompleted;

    [LoggerMessage(LogLevel.Information, "Run {Run} of {Integration} is scheduled, {Kind} of {Blob}")]
    private partial void LogScheduled(RunId run, string? integration, RunKind kind, string? blob);

    [LoggerMessage(LogLevel.Warning, "The orchestration of run {Run} of {Integration} is {Status}, and the run is not ended: it is given up")]
    private partial void LogDead(RunId run, IntegrationId? integration, OrchestrationRuntimeStatus status);
}
