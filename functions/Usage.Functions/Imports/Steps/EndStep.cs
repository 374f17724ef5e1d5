using Microsoft.Extensions.Logging;
using Usage.Core.Files;
using Usage.Core.Runs;
using Usage.Functions.Exports.Notices;
using Usage.Functions.Telemetry;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

/// <summary>Ends runs, each once: record first, then the place in the line, then the intermediates. Done again, it does what is left.</summary>
public sealed partial class EndStep(
    RunStore runs, RunBlobs blobs, WaitingRuns waiting, RunProgressBook progress, RunNotices notices, RunTelemetry telemetry, TimeProvider clock,
    ILogger<EndStep> logger)
{
    /// <param name="Next">The run that may have the turn now.</param>
    public sealed record Output(RunId? Next);

    public Task<Output> FailAsync(RunId id, RunError error, CancellationToken cancel) =>
        EndAsync(id, run => run with { Status = RunStatus.Failed, Error = error }, cancel);

    /// <summary>A file that couldn't be planned.</summary>
    public Task<Output> FailAsync(RunId id, PlanOutcome outcome, CancellationToken cancel) =>
        EndAsync(id, run => run with { Status = RunStatus.Failed, Error = outcome.Error, Issues = outcome.Issues, Sha256 = outcome.Sha256 }, cancel);

    /// <summary>Before anything was written.</summary>
    public Task<Output> CancelAsync(RunId id, CancellationToken cancel) => EndAsync(id, run => run with { Status = RunStatus.Cancelled }, cancel);

    public async Task<Output> EndAsync(RunId id, Func<Run, Run> finish, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded()) return await CloseAsync(stored, cancel);
        var ended = finish(stored.Run);
        ended = ended with
        {
            CompletedAt = clock.GetUtcNow(),
            StartedAt = ended.StartedAt ?? clock.GetUtcNow(),
            Progress = ended.Progress with { Stage = RunStage.Done, Done = Math.Max(1, ended.Progress.Total), Total = Math.Max(1, ended.Progress.Total) },
        };
        await runs.SaveAsync(ended, cancel);
        telemetry.Count(ended);
        LogEnded(ended.Kind, id, ended.Integration?.Value, ended.Status, ended.Rows.Read, ended.Snapshots, ended.Error?.Code);
        return await CloseAsync(stored with { Run = ended }, cancel);
    }

    public async Task<Output> CloseAsync(StoredRun stored, CancellationToken cancel)
    {
        RunId? next = null;
        if (stored.Run is { Kind: RunKind.Import, Integration: { } integration })
        {
            await waiting.RemoveAsync(integration, Turns.Waiting(stored), cancel);
            next = (await waiting.FirstAsync(integration, cancel))?.Run;
        }

        await notices.AnnounceAsync(stored.Run, cancel);
        await blobs.CleanAsync(stored.Run.Id, cancel);
        progress.Forget(stored.Run.Id);
        return new Output(next);
    }

    [LoggerMessage(LogLevel.Information, "{Kind} run {Run} of {Integration} is {Status}: {Rows} rows, {Snapshots} snapshots, error {Error}")]
    private partial void LogEnded(RunKind kind, RunId run, string? integration, RunStatus status, long rows, long snapshots, string? error);
}
