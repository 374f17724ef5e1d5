using Microsoft.Azure.Functions.Worker;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Telemetry;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Writing;

/// <summary>Adds up the batches and decides, before the first write, whether there will be one.</summary>
public sealed class Decide(
    RunStore runs, RunFiles files, BatchFiles batches, RowFiles rows, ReceiptStore receipts, ChildFiles children,
    StageTelemetry telemetry)
{
    public sealed record Input(RunId Run, int Batches);

    /// <param name="Mode">What to merge for; <see cref="WriteMode.None"/>: the run is to be finished.</param>
    /// <param name="MayBeDuplicate">The exact dates must be known to tell: count, and decide again.</param>
    public sealed record Output(WriteMode Mode, int Partitions, bool MayBeDuplicate = false)
    {
        public static Output Finish { get; } = new(WriteMode.None, 0);

        public static Output Of(Decision decision, PlannedFile planned) =>
            decision.DuplicateOf is null ? new Output(decision.Mode, planned.Partitions) : Finish;
    }

    [Function(nameof(Decide))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        return await telemetry.MeasureAsync("decide", stored.Run, () => RunAsync(stored, input.Batches, cancellationToken));
    }

    private async Task<Output> RunAsync(StoredRun stored, int count, CancellationToken cancellationToken)
    {
        var id = stored.Run.Id;
        if (stored.Run.HasEnded() || await files.FindFailureAsync(id, cancellationToken) is not null) return Output.Finish;
        var planned = await files.PlanAsync(id, cancellationToken);
        if (stored.CancelRequested) return Output.Of(await files.DecideAsync(id, Decision.Cancel, cancellationToken), planned);
        var mapping = await files.MappingAsync(id, cancellationToken);
        var (totals, touched) = await AddUpAsync(id, count, planned, cancellationToken);
        var child = planned.FileOf is null ? null : await children.ChainAsync(id, cancellationToken);
        // What is still bad in a child of a run that recorded something stays rejected, and holds up nothing.
        var error = child is { Whole: false } ? RunDecision.NothingRecorded(totals.Rows, touched.Any)
            : RunDecision.Refusal(mapping.Integration.OnError, totals.Rows, totals.Entries > 0);
        if (error is null && totals.Entries > 0 && await MayBeDuplicateAsync(stored, mapping, planned, cancellationToken))
            return new Output(WriteMode.Count, planned.Partitions, MayBeDuplicate: true);
        // A child may have nothing to give, and yet something to take back.
        var mode = (child is { Whole: false } ? !touched.Any : totals.Entries == 0) ? WriteMode.None
            // A refused test run too, since its preview tells what the rows would have been.
            : stored.Run.Kind == RunKind.Test ? WriteMode.Compare
            : error is not null ? WriteMode.Count
            : WriteMode.Write;
        return Output.Of(await files.DecideAsync(id, new Decision(error, mode), cancellationToken), planned);
    }

    private async Task<(BatchTotals Totals, TouchedAccounts Touched)> AddUpAsync(
        RunId id, int count, PlannedFile planned, CancellationToken cancellationToken)
    {
        var ordinals = new HashSet<int>();
        var slices = new List<(uint Stamp, IReadOnlyList<PartitionSlice> Slices)>(count);
        var kept = new List<BatchRows>(count);
        var totals = BatchTotals.Of(batches.List(id, count, cancellationToken).Select(Noted), planned.Plan.Warnings);
        await files.SaveTotalsAsync(id, new ReadTotals(totals, [.. slices.Select(batch => batch.Stamp)]), cancellationToken);
        await rows.SaveIndexAsync(id, kept, cancellationToken);
        if (totals.Entries > 0 || planned.FileOf is not null)
            await batches.SaveSlicesAsync(id, slices, planned.Partitions, cancellationToken);
        var touched = TouchedAccounts.Of(ordinals);
        if (planned.FileOf is not null) await children.SaveTouchedAsync(id, touched, cancellationToken);
        return (totals, touched);

        BatchResult Noted(BatchRead read)
        {
            slices.Add((read.Stamp, read.Result.Slices));
            kept.Add(read.Rows);
            ordinals.UnionWith(read.Result.Touched);
            return read.Result;
        }
    }

    /// <summary>A test run is always compared; whether it would be a duplicate is found out when it is finished.</summary>
    private async Task<bool> MayBeDuplicateAsync(
        StoredRun stored, ImportMapping mapping, PlannedFile planned, CancellationToken cancellationToken) =>
        stored.Run.Kind == RunKind.Import && !stored.Source.Force
        && await receipts.KnowsAsync(
            mapping.Integration.Id, new FileContent(planned.Plan.Sha256, mapping.Integration.Version), cancellationToken);
}
