using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class DecideStep(RunStore runs, RunFiles files, ReceiptStore receipts)
{
    /// <param name="Mode">What to merge for; <see cref="MergeMode.None"/>: go to the end.</param>
    /// <param name="MayBeDuplicate">The exact dates must be known to tell.</param>
    /// <param name="Merged">It has been merged for that already.</param>
    public sealed record Output(MergeMode Mode, int Partitions, bool MayBeDuplicate = false, bool Merged = false);

    public async Task<Output> RunAsync(RunId id, int batches, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded() || stored.CancelRequested || await files.FailureAsync(id, cancel) is not null) return new Output(MergeMode.None, 0);
        var (mapping, planned) = (await files.MappingAsync(id, cancel), await files.PlanAsync(id, cancel));
        var totals = BatchTotals.Of(files.Batches(id, batches, cancel), planned.Plan.Warnings);
        await files.SaveAsync(id, totals, cancel);
        var error = RunDecision.Refusal(mapping.Integration.OnError, totals.Rows, totals.Entries > 0);
        var suspect = error is null && totals.Entries > 0 && await MayBeDuplicateAsync(stored, mapping, planned, cancel);
        var mode = totals.Entries == 0 ? MergeMode.None
            : error is not null || suspect ? MergeMode.Count
            : stored.Run.Kind == RunKind.Test ? MergeMode.Compare
            : MergeMode.Write;
        await files.SaveAsync(id, new Decision(error, mode), cancel);
        return new Output(mode, planned.Partitions, suspect);
    }

    /// <summary>After counting: a duplicate, or to be written after all.</summary>
    public async Task<Output> RunAgainAsync(RunId id, CancellationToken cancel)
    {
        var (mapping, planned) = (await files.MappingAsync(id, cancel), await files.PlanAsync(id, cancel));
        var dates = files.Partitions(id, MergeMode.Count, planned.Partitions, cancel)
            .SelectMany(partition => partition.Tally.Dates).Select(date => (date.Product, date.Date)).ToHashSet();
        var content = new FileContent(planned.Plan.Sha256, mapping.Integration.Version);
        if (await receipts.DuplicateOfAsync(mapping.Integration.Id, content, dates, cancel) is { } other)
        {
            await files.SaveAsync(id, new Decision(null, MergeMode.Count) { DuplicateOf = other }, cancel);
            return new Output(MergeMode.Count, planned.Partitions, Merged: true);
        }

        await files.SaveAsync(id, new Decision(null, MergeMode.Write), cancel);
        return new Output(MergeMode.Write, planned.Partitions);
    }

    /// <summary>A test run is compared in any case; whether it is a duplicate is seen at its end.</summary>
    private async Task<bool> MayBeDuplicateAsync(StoredRun stored, ImportMapping mapping, PlannedFile planned, CancellationToken cancel) =>
        stored.Run.Kind == RunKind.Import && !stored.Source.Force
        && await receipts.KnowsAsync(mapping.Integration.Id, new FileContent(planned.Plan.Sha256, mapping.Integration.Version), cancel);
}
