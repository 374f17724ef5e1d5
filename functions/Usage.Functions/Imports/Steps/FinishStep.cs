using Usage.Core.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class FinishStep(
    RunStore runs, RunFiles files, RunBlobs blobs, ReceiptStore receipts, UnmatchedStore unmatched, RejectedFile rejected, PointsStep points, EndStep end)
{
    public async Task<EndStep.Output> RunAsync(RunId id, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded()) return await end.CloseAsync(stored, cancel);
        if (await files.FailureAsync(id, cancel) is { } failure) return await end.FailAsync(id, failure, cancel);
        if (stored.CancelRequested && !await blobs.ExistsAsync(id, RunFiles.Decided, cancel)) return await end.CancelAsync(id, cancel);
        var facts = await GatherAsync(stored, cancel);
        var ended = RunSummary.Of(stored.Run, facts);
        await rejected.WriteAsync(id, facts.Planned.Plan, facts.Mapping.Integration.File, ended.Rows, cancel);
        if (stored.Run.Kind == RunKind.Import) await FinishImportAsync(id, facts, ended, cancel);
        else if (await FinishTestAsync(id, facts, cancel) is { } other && ended.Error is null)
            ended = ended with { Status = RunStatus.Duplicate, DuplicateOf = other };
        return await end.EndAsync(id, _ => ended, cancel);
    }

    private async Task<RunFacts> GatherAsync(StoredRun stored, CancellationToken cancel)
    {
        var id = stored.Run.Id;
        var (mapping, planned, decision) = (await files.MappingAsync(id, cancel), await files.PlanAsync(id, cancel), await files.DecisionAsync(id, cancel));
        var facts = new RunFacts { Mapping = mapping, Planned = planned, Decision = decision, Totals = await files.TotalsAsync(id, cancel) };
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
