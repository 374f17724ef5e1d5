using Microsoft.Azure.Functions.Worker;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Children;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Functions.Telemetry;
using Usage.Storage.Accounts;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Imports.Reading;

/// <summary>Reads the file once from start to end, and cuts it into batches.</summary>
public sealed class PlanBatches(
    RunStore runs, RunFiles files, SourceFiles sources, PinnedRosters rosters, ResolutionStore resolutions, ChildFiles children,
    AnewFixes anew, PinnedMappings mappings, RunEnd end, PlanChild planChild, UsageOptions options, StageTelemetry telemetry,
    TimeProvider clock)
{
    public sealed record Input(RunId Run);

    /// <param name="Ended">There is nothing more to do.</param>
    /// <param name="Next">Where the run has ended: the run that may have the turn now.</param>
    public sealed record Output(bool Ended, int Batches, int Partitions, RunId? Next = null)
    {
        /// <param name="next">The run that may have the turn now.</param>
        public static Output Ends(RunId? next) => new(true, 0, 0, next);
    }

    [Function(nameof(PlanBatches))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        // What was dropped turned out to be one.
        if (stored.Run.IsChild()) return await planChild.RunAsync(input, cancellationToken);
        return await telemetry.MeasureAsync("plan", stored.Run, () => RunAsync(stored, cancellationToken));
    }

    private async Task<Output> RunAsync(StoredRun stored, CancellationToken cancellationToken)
    {
        var id = stored.Run.Id;
        if (stored.Run.HasEnded()) return Output.Ends(await end.CleanUpAsync(stored, cancellationToken));
        if (stored.CancelRequested) return Output.Ends(await end.CancelAsync(id, cancellationToken));
        if (stored.Run.StartedAt is null)
            await runs.SaveAsync(stored.Run with { Status = RunStatus.Running, StartedAt = clock.GetUtcNow() }, cancellationToken);
        if ((await files.MappingAsync(id, cancellationToken)).FileDateError is { } error)
            return Output.Ends(await end.FailAsync(id, PlanOutcome.Failed(error), cancellationToken));
        if (await anew.RecordedAsync(stored.Run, cancellationToken) is { } taken)
            return Output.Ends(await end.FailAsync(id, ChildErrors.Taken(taken), cancellationToken));
        // A file that just came was looked at when it was admitted.
        if (stored.Run is { Parent: not null, Kind: not RunKind.Test })
        {
            await mappings.HoldAsync(stored.Run, cancellationToken);
            if (await mappings.MisfitAsync(stored.Run, cancellationToken) is { } misfit)
                return Output.Ends(await end.FailAsync(id, misfit, cancellationToken));
        }

        try
        {
            // Before the file is read: from here on the accounts are as they were when the run got its turn.
            var (name, roster) = await rosters.PinAsync(id, cancellationToken);
            stored = await PinFileAsync(stored, cancellationToken);
            var resolved = await PinResolutionsAsync(id, cancellationToken);
            var outcome = await PlanAsync(stored, cancellationToken);
            if (outcome.Plan is not { } plan) return Output.Ends(await FailAsync(stored.Run, outcome, cancellationToken));
            var partitions = Partitioning.Count(plan.Rows, roster.OrdinalCount, options.RowsPerPartition);
            await files.AddPlanAsync(id, new PlannedFile(plan, partitions, name) { IsResolved = resolved }, cancellationToken);
            return new Output(false, plan.Batches.Count, (await files.PlanAsync(id, cancellationToken)).Partitions);
        }
        catch (FileReplacedException replaced)
        {
            return Output.Ends(await end.FailAsync(id, new RunError(IssueCode.FileReplaced, replaced.Message), cancellationToken));
        }
    }

    private async Task<RunId?> FailAsync(Run run, PlanOutcome outcome, CancellationToken cancellationToken)
    {
        if (run.IsRoot() && outcome.Header is { } header && (run with { Error = outcome.Error }).IsUndecided())
            await files.AddUndecidedAsync(run.Id, new UndecidedFile(header, outcome.Rows), cancellationToken);
        return await end.FailAsync(run.Id, outcome, cancellationToken);
    }

    /// <summary>An import has its copy since it was admitted; a test run takes it here, so that its rows are told as they were.</summary>
    private async Task<StoredRun> PinFileAsync(StoredRun stored, CancellationToken cancellationToken)
    {
        if (stored.Pinned is not null || !stored.Source.IsDropped) return stored;
        var copy = await sources.PinAsync(stored.Run.Id, stored.Source, cancellationToken);
        await runs.PinAsync(stored.Run.Id, copy, cancellationToken);
        return stored with { Pinned = copy };
    }

    /// <returns>Whether there are any.</returns>
    private async Task<bool> PinResolutionsAsync(RunId id, CancellationToken cancellationToken)
    {
        var integration = (await files.MappingAsync(id, cancellationToken)).Integration.Id;
        var found = (await resolutions.ReadAsync(integration, cancellationToken)).All;
        if (found.Count > 0) await files.AddResolutionsAsync(id, found, cancellationToken);
        return found.Count > 0;
    }

    private async Task<PlanOutcome> PlanAsync(StoredRun stored, CancellationToken cancellationToken)
    {
        var id = stored.Run.Id;
        var mapping = await files.MappingAsync(id, cancellationToken);
        var mends = stored.Run.PlansAnew ? (await children.PlanAsync(id, cancellationToken)).Mends : Mends.None;
        var planner = new FilePlanner(mapping, options.Limits, new PlanOptions { BatchBytes = options.BatchBytes, Mends = mends });
        return await planner.PlanAsync(
            stored.Source.Blob, cancellationToken => sources.OpenAsync(stored.Content, cancellationToken),
            cancellationToken => files.CreateStagedAsync(id, cancellationToken), bytesRead: null, cancellationToken);
    }
}
