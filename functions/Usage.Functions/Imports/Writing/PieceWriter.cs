using Azure;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;
using Usage.Storage.Tables;

namespace Usage.Functions.Imports.Writing;

/// <summary>Writes the groups of a piece that is told, several at the same time.</summary>
public sealed class PieceWriter(SnapshotWriter snapshots, RunStore runs)
{
    /// <summary>With all activities of an instance as many as may be under way at once, were storage to take them.</summary>
    private const int AtOnce = 8;

    /// <param name="Stored">What it was compared with; null: it is read before it is written over.</param>
    public sealed record Told(GroupWrites Writes, StoredBlock? Stored)
    {
        /// <summary>What an attempt before has told, and may have written in part.</summary>
        public static IReadOnlyList<Told> Unread(IEnumerable<GroupWrites> piece) => [.. piece.Select(writes => new Told(writes, null))];
    }

    /// <param name="targets">Of the run's products.</param>
    /// <param name="run">That writes.</param>
    /// <param name="piece">The last one that was told.</param>
    /// <param name="refusable">The run has failed: what can't be written isn't a failure of its own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The places of groups that can't be written.</returns>
    public async Task<IReadOnlyList<int>> WriteAsync(
        IReadOnlyList<GroupTarget> targets, RunId run, IReadOnlyList<Told> piece, bool refusable, CancellationToken cancellationToken)
    {
        var refused = new List<int>();
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, piece.Count, bounded, async (place, cancellationToken) =>
        {
            var (writes, stored) = piece[place];
            var target = targets[writes.Product];
            try
            {
                await snapshots.WriteAsync(target, writes, run, stored, () => MayWriteAsync(run), cancellationToken);
            }
            catch (Exception error) when (refusable && error is TableLimitException or RequestFailedException)
            {
                // Where not even that can be told, the run's end says so.
                if (await snapshots.IsWrittenAsync(target, writes, run, cancellationToken)) return;
                lock (refused) refused.Add(place);
            }
        });
        return refused;
    }

    private async Task<bool> MayWriteAsync(RunId run) => !await runs.HasEndedAsync(run, CancellationToken.None);
}
