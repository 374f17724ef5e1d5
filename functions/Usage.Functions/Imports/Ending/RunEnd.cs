using Microsoft.Extensions.Logging;
using Usage.Core.Files.Planning;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Children;
using Usage.Functions.Notices;
using Usage.Functions.Runs;
using Usage.Functions.Telemetry;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Imports.Ending;

/// <summary>
/// Ends runs, each once: first its record is saved, then it leaves the queue, then the intermediates are deleted. Called again, it
/// does what is left to do. All methods return the run that is first in the queue now, which is to be woken.
/// </summary>
public sealed partial class RunEnd(
    RunStore runs, RunFiles files, PinnedRosters rosters, QueuedRuns queue, ProductTurns turns, WaitingRuns waiting,
    AnewFixes anew, UnmatchedIndex unmatched, ProgressReporter progress,
    RunNotices notices, RunTelemetry telemetry, TimeProvider clock, ILogger<RunEnd> logger)
{
    public Task<RunId?> FailAsync(RunId id, RunError error, CancellationToken cancellationToken) =>
        FinishAsync(id, run => run with { Status = RunStatus.Failed, Error = error }, cancellationToken);

    /// <summary>Fails a run whose file couldn't be planned.</summary>
    public Task<RunId?> FailAsync(RunId id, PlanOutcome outcome, CancellationToken cancellationToken) => FinishAsync(
        id,
        run => run with
        {
            Status = RunStatus.Failed,
            Error = outcome.Error,
            Issues = outcome.Issues,
            Ignored = outcome.Ignored,
            Sha256 = outcome.Sha256,
        },
        cancellationToken);

    /// <summary>Cancels a run that has written nothing.</summary>
    public Task<RunId?> CancelAsync(RunId id, CancellationToken cancellationToken) =>
        FinishAsync(id, run => run with { Status = RunStatus.Cancelled }, cancellationToken);

    /// <param name="finish">Gives the record its status and results; not called when the run has ended before.</param>
    public async Task<RunId?> FinishAsync(RunId id, Func<Run, Run> finish, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(id, cancellationToken);
        if (stored.Run.HasEnded()) return await CleanUpAsync(stored, cancellationToken);
        // What was told while it wrote was a hint: whoever ends it knows what counts.
        var ended = finish(stored.Run with { Changes = ChangeCounts.None });
        var parts = Math.Max(1, ended.Progress.Total);
        ended = ended with
        {
            CompletedAt = clock.GetUtcNow(),
            StartedAt = ended.StartedAt ?? clock.GetUtcNow(),
            Progress = new RunProgress(RunStage.Done, parts, parts),
        };
        // Before the record: once a run is seen to have ended, its waiting rows are listed too. An identifier that is resolved before that
        // is found when the run looks again.
        await anew.UpdateWaitingAsync(ended, cancellationToken);
        if (await waiting.UpdateAsync(ended, cancellationToken) || ended.Kind is RunKind.Replay or RunKind.Fix or RunKind.Undo)
            await unmatched.RefreshAsync(ended.Integration!.Value, cancellationToken);
        await runs.SaveAsync(ended, cancellationToken);
        telemetry.Count(ended);
        LogEnded(ended.Kind, id, ended.Integration?.Value, ended.Status, ended.Rows.Read, ended.Snapshots, ended.Error?.Code);
        return await CleanUpAsync(stored with { Run = ended }, cancellationToken);
    }

    /// <summary>Does what follows once the record of an ended run is saved; an earlier attempt may have been cut short there.</summary>
    public async Task<RunId?> CleanUpAsync(StoredRun ended, CancellationToken cancellationToken)
    {
        var run = ended.Run;
        RunId? next = null;
        if (run.Integration is { } integration && ended.Drop is { } drop)
        {
            await queue.RemoveAsync(integration, new QueuedRun(run.Id, drop), cancellationToken);
            next = (await queue.FirstAsync(integration, cancellationToken))?.Run;
        }

        await turns.GiveBackAsync(run.Id, cancellationToken);
        await notices.AnnounceAsync(run, cancellationToken);
        await files.CleanAsync(run.Id, cancellationToken);
        await rosters.ReleaseAsync(run.Id, cancellationToken);
        progress.Forget(run.Id);
        return next;
    }

    [LoggerMessage(
        LogLevel.Information, "{Kind} run {Run} of {Integration} is {Status}: {Rows} rows, {Snapshots} snapshots, error {Error}")]
    private partial void LogEnded(RunKind kind, RunId run, string? integration, RunStatus status, long rows, long snapshots, string? error);
}
