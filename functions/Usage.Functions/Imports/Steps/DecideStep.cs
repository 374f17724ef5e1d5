using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Telemetry;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class DecideStep(RunStore runs, RunFiles files, ReceiptStore receipts, StageTelemetry telemetry)
{
    /// <param name="Mode">What to merge for; <see cref="MergeMode.None"/>: go to the end.</param>
    /// <param name="MayBeDuplicate">The exact dates must be known to tell: count, and decide again.</param>
    public sealed record Output(MergeMode Mode, int Partitions, bool MayBeDuplicate = false)
    {
        public static Output GoToTheEnd { get; } = new(MergeMode.None, 0);
    }

    public async Task<Output> RunAsync(RunId id, int batches, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        return await telemetry.MeasureAsync("decide", stored.Run, () => RunAsync(stored, batches, cancel));
    }

    private async Task<Output> RunAsync(StoredRun stored, int batches, CancellationToken cancel)
    {
        var id = stored.Run.Id;
        if (stored.Run.HasEnded() || await files.FailureAsync(id, cancel) is not null) return Output.GoToTheEnd;
        var planned = await files.PlanAsync(id, cancel);
        if (stored.CancelRequested) return await DecideAsync(id, planned, Decision.Cancel, cancel);
        var mapping = await files.MappingAsync(id, cancel);
        var totals = await AddUpAsync(id, batches, planned, cancel);
        var error = RunDecision.Refusal(mapping.Integration.OnError, totals.Rows, totals.Entries > 0);
        if (error is null && totals.Entries > 0 && await MayBeDuplicateAsync(stored, mapping, planned, cancel))
            return new Output(MergeMode.Count, planned.Partitions, MayBeDuplicate: true);
        var mode = totals.Entries == 0 ? MergeMode.None
            : error is not null ? MergeMode.Count
            : stored.Run.Kind == RunKind.Test ? MergeMode.Compare
            : MergeMode.Write;
        return await DecideAsync(id, planned, new Decision(error, mode), cancel);
    }

    /// <summary>After counting: a duplicate, which needs no merge any more, or to be written after all.</summary>
    public async Task<Output> RunAgainAsync(RunId id, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        var planned = await files.PlanAsync(id, cancel);
        if (stored.CancelRequested) return await DecideAsync(id, planned, Decision.Cancel, cancel);
        var mapping = await files.MappingAsync(id, cancel);
        var dates = files.Partitions(id, MergeMode.Count, planned.Partitions, cancel)
            .SelectMany(partition => partition.Tally.Dates).Select(date => (date.Product, date.Date)).ToHashSet();
        var content = new FileContent(planned.Plan.Sha256, mapping.Integration.Version);
        var other = await receipts.DuplicateOfAsync(mapping.Integration.Id, content, dates, cancel);
        return await DecideAsync(id, planned, new Decision(null, other is null ? MergeMode.Write : MergeMode.Count) { DuplicateOf = other }, cancel);
    }

    private async Task<Output> DecideAsync(RunId id, PlannedFile planned, Decision decision, CancellationToken cancel)
    {
        if (!await files.AddDecisionAsync(id, decision, cancel)) decision = (await files.FindDecisionAsync(id, cancel))!;
        return decision.DuplicateOf is null ? new Output(decision.Mode, planned.Partitions) : Output.GoToTheEnd;
    }

    private async Task<BatchTotals> AddUpAsync(RunId id, int batches, PlannedFile planned, CancellationToken cancel)
    {
        var slices = new List<(uint Stamp, IReadOnlyList<PartitionSlice> Slices)>(batches);
        var totals = BatchTotals.Of(files.Batches(id, batches, cancel).Select(Noted), planned.Plan.Warnings);
        await files.SaveAsync(id, new ReadTotals(totals, [.. slices.Select(batch => batch.Stamp)]), cancel);
        if (totals.Entries > 0) await files.SaveSlicesAsync(id, SliceTable.Write(slices, planned.Partitions), cancel);
        return totals;

        BatchResult Noted(BatchRead read)
        {
            slices.Add((read.Stamp, read.Result.Slices));
            return read.Result;
        }
    }

    /// <summary>A test run is compared in any case; whether it is a duplicate is seen at its end.</summary>
    private async Task<bool> MayBeDuplicateAsync(StoredRun stored, ImportMapping mapping, PlannedFile planned, CancellationToken cancel) =>
        stored.Run.Kind == RunKind.Import && !stored.Source.Force
        && await receipts.KnowsAsync(mapping.Integration.Id, new FileContent(planned.Plan.Sha256, mapping.Integration.Version), cancel);
}
