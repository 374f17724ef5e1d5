using Usage.Core.Runs;
using Usage.Functions.Telemetry;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class FinishStep(
    RunStore runs, RunFiles files, RunBlobs blobs, ReceiptStore receipts, UnmatchedStore unmatched, RejectedFile rejected, PointsStep points, EndStep end,
    StageTelemetry telemetry)
{
    /// <param name="failure">Why the run has failed while it wrote; null: it hasn't.</param>
    public async Task<EndStep.Output> RunAsync(RunId id, RunError? failure, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        return await telemetry.MeasureAsync("finish", stored.Run, () => RunAsync(stored, failure, cancel));
    }

    private async Task<EndStep.Output> RunAsync(StoredRun stored, RunError? failure, CancellationToken cancel)
    {
        var id = stored.Run.Id;
        if (stored.Run.HasEnded()) return await end.CloseAsync(stored, cancel);
        if (await files.FailureAsync(id, cancel) is { } found) return await end.FailAsync(id, found, cancel);
        var decision = await files.FindDecisionAsync(id, cancel) ?? throw new InvalidOperationException($"run {id} has not been decided; that comes before its end");
        if (decision.Cancelled) return await end.CancelAsync(id, cancel);
        var facts = await GatherAsync(id, decision, cancel);
        if (facts.Cancelled && decision.Mode != MergeMode.Write) return await end.CancelAsync(id, cancel);
        var ended = RunSummary.Of(stored.Run, facts, failure);
        await rejected.WriteAsync(id, facts.Planned.Plan, facts.Mapping.Integration.File, ended.Rows, facts.Read.Stamps, cancel);
        if (stored.Run.Kind == RunKind.Import) await FinishImportAsync(id, facts, ended, cancel);
        else if (await FinishTestAsync(id, facts, cancel) is { } other && ended.Error is null)
            // As the import's record would say: nothing would be done.
            ended = ended with { Status = RunStatus.Duplicate, DuplicateOf = other, Snapshots = 0, Values = 0, Dates = [] };
        return await end.EndAsync(id, _ => ended, cancel);
    }

    private async Task<RunFacts> GatherAsync(RunId id, Decision decision, CancellationToken cancel)
    {
        var (mapping, planned) = (await files.MappingAsync(id, cancel), await files.PlanAsync(id, cancel));
        var facts = new RunFacts { Mapping = mapping, Planned = planned, Decision = decision, Read = await files.TotalsAsync(id, cancel) };
        foreach (var partition in files.Partitions(id, decision.Mode, planned.Partitions, cancel)) facts = facts.With(partition);
        return facts;
    }

    private async Task FinishImportAsync(RunId id, RunFacts facts, Run ended, CancellationToken cancel)
    {
        var integration = facts.Mapping.Integration;
        if (ended.Status != RunStatus.Duplicate) await unmatched.WriteAsync(integration.Id, id, facts.Totals.Unmatched, cancel);
        if (facts.Decision.Mode != MergeMode.Write) return;
        await points.RunAsync(id, facts, cancel);
        var dates = facts.Written.Dates.Select(date => (date.Product, date.Date));
        await receipts.WriteAsync(integration.Id, id, new FileContent(facts.Planned.Plan.Sha256, integration.Version), ended.Status, dates, cancel);
    }

    /// <returns>The run that an import of the file would be a duplicate of.</returns>
    private async Task<RunId?> FinishTestAsync(RunId id, RunFacts facts, CancellationToken cancel)
    {
        var preview = RowPreview.Join(facts.Mapping, facts.Totals.Preview, facts.Preview);
        await blobs.SaveJsonAsync(id, RunBlobs.Result, new TestResult(facts.Changes, preview), cancel);
        if (facts.Mapping.Integration.Version == 0 || facts.Tally.Dates.Count == 0) return null;
        var content = new FileContent(facts.Planned.Plan.Sha256, facts.Mapping.Integration.Version);
        return await receipts.DuplicateOfAsync(
            facts.Mapping.Integration.Id, content, facts.Tally.Dates.Select(date => (date.Product, date.Date)), cancel);
    }
}
