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
    /// <summary>Enough to use all the requests that the writer allows.</summary>
    private const int AtOnce = 8;

    /// <param name="Stored">What it was compared with; null: it is read before it is written over.</param>
    public sealed record Told(GroupWrites Writes, StoredBlock? Stored);

    /// <summary>A piece that was just compared and told.</summary>
    public async Task<IReadOnlyList<int>> WriteAsync(
        IReadOnlyList<GroupTarget> targets, RunId run, IReadOnlyList<Told> piece,
        CancellationToken cancellationToken)
    {
        await ForEachAsync(piece.Count, async (place, cancellationToken) =>
            await snapshots.WriteAsync(
                targets[piece[place].Writes.Product], piece[place].Writes, run, piece[place].Stored, () => MayWriteAsync(run),
                cancellationToken), cancellationToken);
        return [];
    }

    /// <summary>The last piece that an attempt before has told, and may have written in part.</summary>
    /// <param name="targets">Of the run's products.</param>
    /// <param name="run">That writes.</param>
    /// <param name="piece">As it was told.</param>
    /// <param name="refusable">The run has failed: what can't be written isn't a failure of its own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The places of groups that can't be written.</returns>
    public async Task<IReadOnlyList<int>> WriteAsync(
        IReadOnlyList<GroupTarget> targets, RunId run, IReadOnlyList<GroupWrites> piece, bool refusable,
        CancellationToken cancellationToken)
    {
        var refused = new List<int>();
        await ForEachAsync(piece.Count, async (place, cancellationToken) =>
        {
            try
            {
                await snapshots.WriteAsync(
                    targets[piece[place].Product], piece[place], run, known: null, () => MayWriteAsync(run), cancellationToken);
            }
            catch (Exception error) when (refusable && error is TableLimitException or RequestFailedException)
            {
                // Where not even that can be told, the run's end says so.
                if (!await snapshots.IsWrittenAsync(targets[piece[place].Product], piece[place], run, cancellationToken))
                    lock (refused)
                        refused.Add(place);
            }
        }, cancellationToken);
        return refused;
    }

    private async Task<bool> MayWriteAsync(RunId run) => !(await runs.GetAsync(run, CancellationToken.None)).Run.HasEnded();

    private static Task ForEachAsync(int count, Func<int, CancellationToken, ValueTask> write, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, write);
}
