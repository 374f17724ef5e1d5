using Microsoft.Azure.Functions.Worker;
using Usage.Core.Files.Planning;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Settings;
using Usage.Functions.Telemetry;
using Usage.Storage.Accounts;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Reading;

/// <summary>Reads the file once from start to end, and cuts it into batches.</summary>
public sealed class PlanBatches(
    RunStore runs, RunFiles files, SourceFiles sources, Roster roster, RunEnd end, UsageOptions options, StageTelemetry telemetry,
    TimeProvider clock)
{
    public sealed record Input(RunId Run);

    /// <param name="Ended">There is nothing more to do.</param>
    /// <param name="Next">Where the run has ended: the run that may have the turn now.</param>
    public sealed record Output(bool Ended, int Batches, int Partitions, RunId? Next = null);

    [Function(nameof(PlanBatches))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(input.Run, cancel);
        return await telemetry.MeasureAsync("plan", stored.Run, () => RunAsync(stored, cancel));
    }

    private async Task<Output> RunAsync(StoredRun stored, CancellationToken cancel)
    {
        var id = stored.Run.Id;
        if (stored.Run.HasEnded()) return Ended(await end.CleanUpAsync(stored, cancel));
        if (stored.CancelRequested) return Ended(await end.CancelAsync(id, cancel));
        if (stored.Run.StartedAt is null)
            await runs.SaveAsync(stored.Run with { Status = RunStatus.Running, StartedAt = clock.GetUtcNow() }, cancel);
        if ((await files.MappingAsync(id, cancel)).FileDateError is { } error) return Ended(await end.FailAsync(id, error, cancel));
        try
        {
            var outcome = await PlanAsync(id, stored.Source, cancel);
            if (outcome.Plan is not { } plan) return Ended(await end.FailAsync(id, outcome, cancel));
            var partitions = Partitioning.Count(plan.Rows, (await roster.GetAsync(cancel)).OrdinalCount, options.RowsPerPartition);
            await files.AddPlanAsync(id, new PlannedFile(plan, partitions), cancel);
            return new Output(false, plan.Batches.Count, (await files.PlanAsync(id, cancel)).Partitions);
        }
        catch (FileReplacedException replaced)
        {
            return Ended(await end.FailAsync(id, new RunError(IssueCode.FileReplaced, replaced.Message), cancel));
        }
    }

    private async Task<PlanOutcome> PlanAsync(RunId id, RunSource source, CancellationToken cancel)
    {
        var mapping = await files.MappingAsync(id, cancel);
        var planner = new FilePlanner(mapping, options.Limits, new PlanOptions { BatchBytes = options.BatchBytes });
        return await planner.PlanAsync(
            source.Blob, token => sources.OpenAsync(source, token), token => files.CreateStagedAsync(id, token), bytesRead: null, cancel);
    }

    private static Output Ended(RunId? next) => new(true, 0, 0, next);
}
