using System.Buffers;
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
    /// <summary>Memory for pieces of slices, all of a partition's together; more only for more than 256 slices.</summary>
    private const int PieceMemory = 4 << 20;

    private const int SmallestPiece = 16 << 10;
    private const int LargestPiece = 512 << 10;

    /// <summary>For these, as many as partitions are merged at once; the shared pool would drop most of them.</summary>
    private static readonly ArrayPool<byte> Pieces = ArrayPool<byte>.Create(4 * PieceMemory, 4);

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
        var slices = await files.SlicesAsync(id, partition, planned.Plan.Batches.Count, cancel);
        var piece = Math.Clamp(PieceMemory / Math.Max(1, slices.Count), SmallestPiece, LargestPiece);
        var pieces = Pieces.Rent(slices.Sum(slice => PieceOf(slice)));
        var result = await MergeAsync(stored, planned, mapping, partition, mode, merge, Open(), cancel);
        // After a failure nobody knows who still writes there.
        Pieces.Return(pieces);
        return result;

        int PieceOf(BatchSlice slice) => (int)Math.Min(piece, slice.Length);

        IEnumerable<Stream> Open()
        {
            var from = 0;
            foreach (var slice in slices)
            {
                yield return new SliceStream(blobs, id, slice, pieces.AsMemory(from, PieceOf(slice)));
                from += PieceOf(slice);
            }
        }
    }

    private async Task<PartitionResult> MergeAsync(
        StoredRun stored, PlannedFile planned, ImportMapping mapping, int partition, MergeMode mode, PartitionMerge merge, IEnumerable<Stream> slices,
        CancellationToken cancel)
    {
        if (mode == MergeMode.Count) return new PartitionResult { Tally = await merge.CountAsync(slices, cancel) };
        var accounts = await roster.GetAsync(cancel);
        if (mode == MergeMode.Compare) return await comparer.CompareAsync(mapping, accounts, merge, slices, cancel);
        return await writer.WriteAsync(new GroupWriter.Job(stored, mapping, planned, accounts, partition, Stop: mode == MergeMode.Settle), merge, slices, cancel);
    }
}
