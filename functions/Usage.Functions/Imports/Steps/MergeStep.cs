using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Accounts;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class MergeStep(
    RunStore runs, RunFiles files, RunBlobs blobs, Roster roster, GroupWriter writer, GroupComparer comparer, RunProgressBook progress)
{
    /// <summary>Memory for pieces of slices, all of a partition's together.</summary>
    private const int PieceMemory = 8 << 20;

    public async Task RunAsync(RunId id, int partition, MergeMode mode, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded()) return;
        var (mapping, planned) = (await files.MappingAsync(id, cancel), await files.PlanAsync(id, cancel));
        var merge = new PartitionMerge(mapping, new MergeOptions
        {
            Rows = planned.Plan.Rows,
            PreviewRows = mode == MergeMode.Compare ? PreviewRow.MaxRows : 0,
        });
        var slices = Slices(id, planned, partition, cancel);
        var result = mode switch
        {
            MergeMode.Write => await writer.WriteAsync(new GroupWriter.Job(stored, mapping, planned, await roster.GetAsync(cancel)), merge, slices, cancel),
            MergeMode.Compare => await comparer.CompareAsync(mapping, await roster.GetAsync(cancel), merge, slices, cancel),
            _ => new PartitionResult { Tally = await merge.CountAsync(slices, cancel) },
        };
        await files.SaveAsync(id, partition, mode, result, cancel);
        await progress.AddAsync(id, RunStage.Writing, planned.Partitions, cancel);
    }

    private List<SliceStream> Slices(RunId id, PlannedFile planned, int partition, CancellationToken cancel)
    {
        var slices = files.Batches(id, planned.Plan.Batches.Count, cancel)
            .Select(batch => (batch.Index, Slice: batch.Slices[partition]))
            .Where(slice => slice.Slice.Length > 0)
            .ToList();
        var piece = Math.Clamp(PieceMemory / Math.Max(1, slices.Count), 16 << 10, 1 << 20);
        return [.. slices.Select(slice => new SliceStream(blobs, id, RunFiles.Entries(slice.Index), slice.Slice, piece))];
    }
}
