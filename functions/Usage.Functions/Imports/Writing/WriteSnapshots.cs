using System.Buffers;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using Usage.Functions.Children;
using Usage.Functions.Runs;
using Usage.Functions.Telemetry;
using Usage.Storage.Accounts;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Writing;

/// <summary>Merges one partition of all batches, and writes it, or only counts or compares what would be written.</summary>
public sealed class WriteSnapshots(
    RunStore runs, RunFiles files, BatchFiles batches, PartitionFiles partitions, PinnedRosters rosters, GroupWriter writer,
    GroupComparer comparer, ChildFiles children, ProgressReporter progress, LateAttempts late, StageTelemetry telemetry)
{
    /// <summary>Memory for the pieces of all slices of a partition together; only more than 256 slices take more.</summary>
    private const int PieceMemory = 4 << 20;

    private const int SmallestPiece = 16 << 10;
    private const int LargestPiece = 512 << 10;

    /// <summary>One array for each partition that is merged at the same time; the shared pool doesn't keep arrays of this size.</summary>
    private static readonly ArrayPool<byte> Pieces = ArrayPool<byte>.Create(4 * PieceMemory, 4);

    public sealed record Input(RunId Run, int Partition, WriteMode Mode);

    [Function(nameof(WriteSnapshots))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded()) return;
        if (input.Mode == WriteMode.Settle && await partitions.IsThereAsync(input.Run, WriteMode.Write, input.Partition, cancellationToken))
            return;
        await telemetry.MeasureAsync("write", stored.Run, () => RunAsync(stored, input, cancellationToken));
    }

    private async Task RunAsync(StoredRun stored, Input input, CancellationToken cancellationToken)
    {
        var planned = await files.PlanAsync(input.Run, cancellationToken);
        var result = await MergeAsync(stored, planned, input, cancellationToken);
        await partitions.SaveAsync(input.Run, input.Mode, input.Partition, result, cancellationToken);
        var written = new ProgressReporter.Part(Changes: result.Written is null ? null : result.Changes);
        await progress.AddAsync(input.Run, RunStage.Writing, planned.Partitions, written, cancellationToken);
        await late.CleanUpAsync(input.Run, cancellationToken);
    }

    private async Task<PartitionResult> MergeAsync(StoredRun stored, PlannedFile planned, Input input, CancellationToken cancellationToken)
    {
        // Nothing has been written, so nobody asks whether the rows of the cancelled run add up.
        if (stored.CancelRequested && input.Mode is WriteMode.Count or WriteMode.Compare)
            return new PartitionResult { Tally = new MergeTally(), Cancelled = true };
        var mapping = await files.MappingAsync(input.Run, cancellationToken);
        var basis = input.Mode is WriteMode.Write or WriteMode.Settle ? await files.FindBasisAsync(input.Run, cancellationToken) : null;
        var child = planned.FileOf is null ? null : await FindChildAsync(input.Run, cancellationToken);
        var merge = new PartitionMerge(mapping, new MergeOptions
        {
            Rows = planned.Plan.Rows,
            Accounts = child is null ? null : child.Touched.Has,
            PreviewRows = input.Mode == WriteMode.Compare ? PreviewRow.MaxRows : basis is null ? 0 : WrittenGroups.SharesOf(basis),
        });
        var slices = await batches.SlicesAsync(input.Run, input.Partition, planned.Plan.Batches.Count, cancellationToken);
        var piece = Math.Clamp(PieceMemory / Math.Max(1, slices.Count), SmallestPiece, LargestPiece);
        var pieces = Pieces.Rent(slices.Sum(slice => PieceOf(slice)));
        var result = input.Mode switch
        {
            WriteMode.Count => new PartitionResult { Tally = await merge.CountAsync(Open(), cancellationToken), Recorded = merge.Recorded },
            WriteMode.Compare => await comparer.CompareAsync(
                new GroupComparer.Job(input.Run, mapping, await RosterAsync(), input.Partition), merge, Open(), cancellationToken),
            _ => await writer.WriteAsync(await JobAsync(), merge, Open(), cancellationToken),
        };
        // Not in a finally block: after a failure a download may still be writing into them.
        Pieces.Return(pieces);
        return result;

        async Task<GroupWriter.Job> JobAsync() =>
            new(stored, mapping, planned, await RosterAsync(), input.Partition, Stop: input.Mode == WriteMode.Settle)
            {
                Child = child,
            };

        async Task<ChildStates?> FindChildAsync(RunId run, CancellationToken cancellationToken)
        {
            var chain = await children.ChainAsync(run, cancellationToken);
            if (chain.Whole) return null;
            var touched = await children.FindTouchedAsync(run, cancellationToken)
                ?? throw new InvalidOperationException($"run {run} has not been decided; that comes before it is written");
            return new ChildStates(run, [planned.FileOf!.Value, .. chain.Earlier], touched);
        }

        Task<RosterSnapshot> RosterAsync() => rosters.GetAsync(planned.Roster, cancellationToken);

        int PieceOf(BatchSlice slice) => (int)Math.Min(piece, slice.Length);

        IEnumerable<Stream> Open()
        {
            var from = 0;
            foreach (var slice in slices)
            {
                yield return batches.OpenSlice(input.Run, slice, pieces.AsMemory(from, PieceOf(slice)));
                from += PieceOf(slice);
            }
        }
    }
}
