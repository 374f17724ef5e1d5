using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>Starts a run's orchestration once, however often it is asked to. The orchestration has the run's id.</summary>
public sealed partial class RunScheduler(RunStore runs, ILogger<RunScheduler> logger)
{
    /// <summary>The orchestration that imports and test runs go through.</summary>
    public const string Orchestration = "ImportFile";

    /// <summary>The one of undos and removals.</summary>
    public const string TakingBack = "TakeBack";

    /// <summary>The one of erases.</summary>
    public const string Erasing = "EraseAccount";

    /// <summary>The activity that replays a run for what was said of its identifiers while it was at work.</summary>
    public const string LookAgain = "LookAgain";

    /// <summary>The event that is raised when it may be the run's turn, or when the run is to be cancelled.</summary>
    public const string Wake = "wake";

    public async Task ScheduleAsync(DurableTaskClient client, RunStart start, CancellationToken cancellationToken)
    {
        // An orchestration that has ended would be started anew under its id, so the run's own record is asked first.
        if (await runs.FindAsync(start.Run, cancellationToken) is { } known && known.Run.HasEnded()) return;
        if (await IsUnderWayAsync(client, start.Run, cancellationToken)) return;
        try
        {
            var options = new StartOrchestrationOptions(start.Run.Value);
            await client.ScheduleNewOrchestrationInstanceAsync(OrchestrationOf(start.Kind), start, options, cancellationToken);
            LogScheduled(start.Run, start.Drop?.Folder, start.Kind, start.Drop?.Path);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else may have been faster. Each backend throws an exception of its own then, so look again.
            if (!await IsUnderWayAsync(client, start.Run, cancellationToken)) throw;
        }
    }

    /// <summary>Fails a run whose orchestration ended before the run did: it has a defect, or somebody terminated it.</summary>
    public Task FailAsync(DurableTaskClient client, StoredRun stored, OrchestrationRuntimeStatus status,
        CancellationToken cancellationToken)
    {
        LogDead(stored.Run.Id, stored.Run.Integration, status);
        // What is to be taken back is taken up until it is whole.
        if (stored.Run.Kind is RunKind.Undo or RunKind.Removal or RunKind.Erase)
            return ScheduleAsync(client, RunStart.Of(stored), cancellationToken);
        var failure = new RunError(
            IssueCode.ImportFailed, "The run's orchestration ended before the file was through. Drop the file again to import it.");
        return ScheduleAsync(client, RunStart.Of(stored) with { Failure = failure }, cancellationToken);
    }

    private static string OrchestrationOf(RunKind kind) => kind switch
    {
        RunKind.Undo or RunKind.Removal => TakingBack,
        RunKind.Erase => Erasing,
        _ => Orchestration,
    };

    private static async Task<bool> IsUnderWayAsync(DurableTaskClient client, RunId run, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(run.Value, getInputsAndOutputs: false, cancellationToken) is { IsCompleted: false };

    [LoggerMessage(LogLevel.Information, "Run {Run} of {Integration} is scheduled, {Kind} of {Blob}")]
    private partial void LogScheduled(RunId run, string? integration, RunKind kind, string? blob);

    [LoggerMessage(LogLevel.Warning, "Run {Run} of {Integration} is failed, since its orchestration is {Status} before the run has ended")]
    private partial void LogDead(RunId run, IntegrationId? integration, OrchestrationRuntimeStatus status);
}
