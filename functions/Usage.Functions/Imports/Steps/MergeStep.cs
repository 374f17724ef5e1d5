using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Telemetry;
using Usage.Storage.Accounts;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class MergeStep(
    RunStore runs, RunFiles files, RunBlobs blobs, Roster roster, GroupWriter writer, GroupComparer comparer, RunProgressBook progress,
    StageTelemetry telemetry)
{
    /// <summary>Memory for pieces of slices, all of a partition's together.</summary>
    private const int PieceMemory = 4 << 20;

    public async Task RunAsync(RunId id, int partition, MergeMode mode, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded()) return;
        if (mode == MergeMode.Settle && await files.IsMergedAsync(id, MergeMode.Write, partition, cancel)) return;
        await telemetry.MeasureAsync("write", stored.Run, () => RunAsync(stored, partition, mode, cancel));
    }

    private async Task RunAsync(StoredRun stored, int partition, MergeMode mode, CancellationToken cancel)
    {
        var id = stored.Run.Id;
        var planned = await files.PlanAsync(id, cancel);
        var result = await MergeAsync(stored, planned, partition, mode, cancel);
        await files.SaveAsync(id, partition, mode == MergeMode.Settle ? MergeMode.Write : mode, result, cancel);
        await progress.AddAsync(id, RunStage.Writing, planned.Partitions, cancel);
    }

    private async Task<PartitionResult> MergeAsync(StoredRun stored, PlannedFile planned, int partition, MergeMode mode, CancellationToken cancel)
    {
        // Where nothing is written there is nothing to account for either.
        if (stored.CancelRequested && mode is MergeMode.Count or MergeMode.Compare) return new PartitionResult { Tally = new MergeTally(), Cancelled = true };
        var id = stored.Run.Id;
        var mapping = await files.MappingAsync(id, cancel);
        var merge = new PartitionMerge(mapping, new MergeOptions
        {
            Rows = planned.Plan.Rows,
            PreviewRows = mode == MergeMode.Compare ? PreviewRow.MaxRows : 0,
        });
        var slices = await SlicesAsync(id, planned, partition, cancel);
        return mode switch
        {
            MergeMode.Write or MergeMode.Settle => await writer.WriteAsync(
                new GroupWriter.Job(stored, mapping, planned, await roster.GetAsync(cancel), partition, Stop: mode == MergeMode.Settle), merge, slices, cancel),
            MergeMode.Compare => await comparer.CompareAsync(mapping, await roster.GetAsync(cancel), merge, slices, cancel),
            _ => new PartitionResult { Tally = await merge.CountAsync(slices, cancel) },
        };
    }

    private async Task<IReadOnlyList<Stream>> SlicesAsync(RunId id, PlannedFile planned, int partition, CancellationToken cancel)
    {
        var slices = await files.SlicesAsync(id, partition, planned.Plan.Batches.Count, cancel);
        var piece = Math.Clamp(PieceMemory / Math.Max(1, slices.Count), 16 << 10, 512 << 10);
        return [.. slices.Select(slice => new SliceStream(blobs, id, slice, piece))];
    }
}
