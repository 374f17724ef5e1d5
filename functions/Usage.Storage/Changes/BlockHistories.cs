using System.Collections.Concurrent;
using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <summary>Finds what runs wrote of a block of accounts on a date.</summary>
public sealed class BlockHistories(RunLogs logs, UndoStore undos)
{
    private const int AtOnce = 24;

    /// <summary>What was undone of each run, as it is now.</summary>
    public async Task<IReadOnlyDictionary<RunId, Undone>> UndoneAsync(IEnumerable<DateWriter> writers, CancellationToken cancellationToken)
    {
        var undone = new ConcurrentDictionary<RunId, Undone>();
        await Parallel.ForEachAsync(
            writers.Select(writer => writer.Run).Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (run, cancellationToken) => undone[run] = await undos.OfAsync(run, cancellationToken));
        return undone;
    }

    /// <param name="product">Of the block.</param>
    /// <param name="date">Of the block.</param>
    /// <param name="block">Of accounts.</param>
    /// <param name="writers">Runs that wrote the date, by place.</param>
    /// <param name="undone">Of each of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BlockHistory> LoadAsync(
        ProductId product, DateOnly date, int block, IReadOnlyList<DateWriter> writers, IReadOnlyDictionary<RunId, Undone> undone,
        CancellationToken cancellationToken)
    {
        var found = new (LogIndex? Index, GroupWrites? Group)[writers.Count];
        await Parallel.ForAsync(0, writers.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (place, cancellationToken) =>
            {
                if (await logs.FindIndexAsync(writers[place].Run, cancellationToken) is { } index)
                    found[place] = (index, await logs.FindAsync(writers[place].Run, index, product, date, block, cancellationToken));
            });
        var (known, unknown) = (new List<BlockHistory.Writer>(), new List<DateWriter>());
        foreach (var (writer, (index, group)) in writers.Zip(found))
        {
            if (index is null) unknown.Add(writer);
            else if (group is not null)
                known.Add(new BlockHistory.Writer(writer, undone[writer.Run], index.Header.Products[group.Product].Dimensions, group));
        }

        return new BlockHistory(product, known, unknown);
    }
}
