using Usage.Core.Files;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Settings;
using Usage.Functions.Telemetry;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class PlanStep(
    RunStore runs, RunFiles files, RunBlobs blobs, UsageBlobs containers, Roster roster, EndStep end, UsageOptions options, StageTelemetry telemetry,
    TimeProvider clock)
{
    /// <param name="Ended">There is nothing more to do.</param>
    public sealed record Output(bool Ended, int Batches, int Partitions)
    {
        /// <summary>Of a run that ended: the one to wake.</summary>
        public RunId? Next { get; init; }
    }

    public async Task<Output> RunAsync(RunId id, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        return await telemetry.MeasureAsync("plan", stored.Run, () => RunAsync(stored, cancel));
    }

    private async Task<Output> RunAsync(StoredRun stored, CancellationToken cancel)
    {
        var id = stored.Run.Id;
        if (stored.Run.HasEnded()) return Ended(await end.CloseAsync(stored, cancel));
        if (stored.CancelRequested) return Ended(await end.CancelAsync(id, cancel));
        if (stored.Run.StartedAt is null)
            await runs.SaveAsync(stored.Run with { Status = RunStatus.Running, StartedAt = clock.GetUtcNow() }, cancel);
        try
        {
            var outcome = await PlanAsync(id, stored.Source, cancel);
            if (outcome.Plan is not { } plan) return Ended(await end.FailAsync(id, outcome, cancel));
            var partitions = Partitioning.Count(plan.Rows, (await roster.GetAsync(cancel)).OrdinalCount, options.RowsPerPartition);
            await files.AddPlanAsync(id, new PlannedFile(plan, partitions), cancel);
            return new Output(false, plan.Batches.Count, (await files.PlanAsync(id, cancel)).Partitions);
        }
        catch (BlobReplacedException replaced)
        {
            return Ended(await end.FailAsync(id, new RunError(IssueCode.FileReplaced, replaced.Message), cancel));
        }
    }

    private async Task<PlanOutcome> PlanAsync(RunId id, RunSource source, CancellationToken cancel)
    {
        var mapping = await files.MappingAsync(id, cancel);
        var planner = new FilePlanner(mapping, options.Limits, new PlanOptions { BatchBytes = options.BatchBytes });
        return await planner.PlanAsync(
            source.Blob,
            token => new PinnedBlob(containers, source).OpenAsync(token),
            token => blobs.Blob(id, RunFiles.Staged).OpenWriteAsync(overwrite: true, cancellationToken: token),
            bytesRead: null,
            cancel);
    }

    private static Output Ended(EndStep.Output ended) => new(true, 0, 0) { Next = ended.Next };
}
