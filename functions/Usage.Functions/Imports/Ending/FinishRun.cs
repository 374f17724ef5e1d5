using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Runs;
using Usage.Functions.Telemetry;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Imports.Ending;

/// <summary>Adds up, refreshes report points, writes rejected.csv, receipts and the run's record, and deletes the intermediates.</summary>
public sealed class FinishRun(
    RunStore runs, RunFiles files, PartitionFiles partitions, ReceiptStore receipts, RunIdentifiers identifiers, RejectedFile rejected,
    RowFiles rows, ReportPoints points, RunLogs logs, PinnedRosters rosters, ResolvedMeanwhile resolved, WaitingRuns waiting,
    RunEnd end, ProgressReporter progress, StageTelemetry telemetry)
{
    /// <param name="Failure">Why the run has failed while it wrote; null: it hasn't.</param>
    public sealed record Input(RunId Run, RunError? Failure = null);

    /// <param name="Next">The run that may have the turn now.</param>
    /// <param name="LooksAgain">Identifiers of waiting rows were resolved while the run was at work: it is to be replayed.</param>
    public sealed record Output(RunId? Next, bool LooksAgain = false);

    [Function(nameof(FinishRun))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        var next = await telemetry.MeasureAsync("finish", stored.Run, () => RunAsync(stored, input.Failure, cancellationToken));
        var ended = (await runs.GetAsync(input.Run, cancellationToken)).Run;
        return new Output(next, (await resolved.MeanwhileAsync(ended, cancellationToken)).Count > 0);
    }

    private async Task<RunId?> RunAsync(StoredRun stored, RunError? failure, CancellationToken cancellationToken)
    {
        var id = stored.Run.Id;
        if (stored.Run.HasEnded()) return await end.CleanUpAsync(stored, cancellationToken);
        if (await files.FindFailureAsync(id, cancellationToken) is { } found) return await end.FailAsync(id, found, cancellationToken);
        var decision = await files.FindDecisionAsync(id, cancellationToken)
            ?? throw new InvalidOperationException($"run {id} has not been decided; that comes before its end");
        if (decision.Cancelled) return await end.CancelAsync(id, cancellationToken);
        await progress.BeginAsync(id, RunStage.Finishing, cancellationToken);
        var facts = await GatherAsync(id, decision, cancellationToken);
        if (facts.Cancelled && decision.Mode != WriteMode.Write) return await end.CancelAsync(id, cancellationToken);
        var ended = RunSummary.Of(stored.Run, facts, failure);
        if (ended.Rows.Rejected() > 0)
            await rejected.WriteAsync(id, facts.Planned.Plan, facts.Read.Stamps, cancellationToken);
        if (ended.Rows.Superseded > 0)
            await rows.SaveSupersededAsync(id, facts.Planned.Plan.Rows, facts.Recorded, facts.Newer, cancellationToken);
        if (stored.Run.Kind != RunKind.Test) await FinishImportAsync(id, facts, ended, cancellationToken);
        else if (await FinishTestAsync(id, facts, cancellationToken) is { } other && ended.Error is null)
            // An import would do nothing, and its record would say so.
            ended = ended with
            {
                Status = RunStatus.Duplicate,
                DuplicateOf = other,
                Snapshots = 0,
                Values = 0,
                Changes = ChangeCounts.None,
                Dates = [],
            };
        else if (ended.Error is null)
            await SaveIndexAsync(id, facts, cancellationToken);
        return await end.FinishAsync(id, _ => ended, cancellationToken);
    }

    private async Task<RunFacts> GatherAsync(RunId id, Decision decision, CancellationToken cancellationToken)
    {
        var (mapping, planned) = (await files.MappingAsync(id, cancellationToken), await files.PlanAsync(id, cancellationToken));
        var facts = new RunFacts
        {
            Mapping = mapping,
            Planned = planned,
            Decision = decision,
            Read = await files.TotalsAsync(id, cancellationToken)
        };
        foreach (var partition in partitions.List(id, decision.Mode, planned.Partitions, cancellationToken)) facts = facts.With(partition);
        return facts;
    }

    private async Task FinishImportAsync(RunId id, RunFacts facts, Run ended, CancellationToken cancellationToken)
    {
        var integration = facts.Mapping.Integration;
        if (facts.Planned.FileOf is { } root) await WaitAgainAsync(root, ended, facts, cancellationToken);
        else if (ended.MayHaveWaitingRows())
            await identifiers.WriteAsync(ended, id, facts.Totals.Waiting, facts.Read.Stamps, cancellationToken);
        if (facts.Decision.Mode != WriteMode.Write) return;
        var header = await SaveIndexAsync(id, facts, cancellationToken);
        var roster = await rosters.GetAsync(facts.Planned.Roster, cancellationToken);
        var accounts = (await files.FindBasisAsync(id, cancellationToken) ?? WriteBasis.None).Open(roster.IdOf);
        foreach (var product in facts.Points.ByProduct())
            await points.RefreshAsync(
                product.Key, product.ToDictionary(date => date.Date, date => date.Stats),
                header.Products.First(one => one.Id == product.Key).Dimensions, accounts, cancellationToken);
        var dates = facts.Written.Dates.Select(date => (date.Product, date.Date));
        // A mended file isn't the one that was dropped.
        if (ended.Kind == RunKind.Import)
            await receipts.WriteAsync(integration.Id, id, facts.Content, ended.Status, dates, cancellationToken);
    }

    /// <summary>Of a parent's rows those wait that its replay or fix, if it went its whole way, leaves without an account.</summary>
    private async Task WaitAgainAsync(RunId root, Run ended, RunFacts facts, CancellationToken cancellationToken)
    {
        if (ended.Status is not (RunStatus.Succeeded or RunStatus.PartiallySucceeded)) return;
        var parent = (await runs.GetAsync(root, cancellationToken)).Run;
        await identifiers.WriteAsync(parent, ended.Id, facts.Totals.Waiting, facts.Read.Stamps, cancellationToken);
        await waiting.UpdateAsync(parent, cancellationToken);
    }

    private async Task<LogHeader> SaveIndexAsync(RunId id, RunFacts facts, CancellationToken cancellationToken)
    {
        var header = LogHeader.Of(facts.Mapping);
        await logs.SaveIndexAsync(id, new LogIndex(header, facts.Planned.Partitions, facts.Pieces), cancellationToken);
        return header;
    }

    /// <returns>The run that an import of the file would be a duplicate of.</returns>
    private async Task<RunId?> FinishTestAsync(RunId id, RunFacts facts, CancellationToken cancellationToken)
    {
        var preview = RowPreview.Join(facts.Mapping, facts.Totals.Preview, facts.Preview);
        await files.SaveResultAsync(id, new TestResult(preview), cancellationToken);
        var integration = facts.Mapping.Integration;
        if (integration.Version == 0 || facts.Tally.Dates.Count == 0) return null;
        var dates = facts.Tally.Dates.Select(date => (date.Product, date.Date));
        return await receipts.DuplicateOfAsync(integration.Id, facts.Content, dates, cancellationToken);
    }
}
