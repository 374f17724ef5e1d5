using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Storage.Changes;

namespace Usage.Storage.Snapshots;

/// <summary>
/// Counts dates from the logs of all who wrote them, where those tell all: a value takes eight bytes there, and a row of its own in the
/// table. Block after block of all logs at the same time, so that memory is a piece for each partition of each run.
/// </summary>
public sealed class LoggedCount(RunLogs logs, SnapshotDateIndex dates, DateWriters writers, BlockHistories histories)
{
    /// <summary>Of the logs together; of more, what is stored is counted.</summary>
    private const long MaxBytes = 256 << 20;

    /// <summary>Of the pieces that are in memory at the same time.</summary>
    private const long MaxOpenBytes = 32 << 20;

    /// <summary>Of the texts that are counted, over all dates.</summary>
    private const int MaxTexts = 100_000;

    /// <param name="product">Of the dates.</param>
    /// <param name="wanted">Dates that runs wrote which have ended, or whose logs are closed and indexed.</param>
    /// <param name="account">By ordinal; null for one that isn't there any more, which has no values.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those of the dates of which logs tell all.</returns>
    public async Task<IReadOnlyDictionary<DateOnly, IReadOnlyDictionary<DimensionId, PointStats>>> CountAsync(
        ProductId product, IReadOnlyCollection<DateOnly> wanted, Func<int, AccountId?> account, CancellationToken cancellationToken)
    {
        var counted = new Dictionary<DateOnly, Counted>();
        var isLogged = await dates.MapAsync(product, wanted.Min(), wanted.Max(), cancellationToken);
        var found = (await writers.ListAsync(product, wanted.Min(), wanted.Max(), cancellationToken)).ToLookup(writer => writer.Date);
        foreach (var date in wanted.Where(date => isLogged.GetValueOrDefault(date)))
            if (await FindAsync([.. found[date]], cancellationToken) is { } all) counted.Add(date, new Counted(all));
        if (!await AddAsync(product, counted, account, cancellationToken))
            return new Dictionary<DateOnly, IReadOnlyDictionary<DimensionId, PointStats>>();
        return counted.Where(date => !date.Value.Stats.Values.Any(stats => stats.Overflowed)).ToDictionary(
            date => date.Key, date => (IReadOnlyDictionary<DimensionId, PointStats>)date.Value.Stats);
    }

    private sealed record Counted(IReadOnlyList<(DateWriter Writer, LogIndex Index)> Writers)
    {
        public Dictionary<DimensionId, PointStats> Stats { get; } = [];
    }

    /// <returns>Null: the details of one are gone, or nobody told that he wrote.</returns>
    private async Task<IReadOnlyList<(DateWriter, LogIndex)>?> FindAsync(
        IReadOnlyList<DateWriter> wrote, CancellationToken cancellationToken)
    {
        var found = new List<(DateWriter, LogIndex)>();
        foreach (var writer in wrote)
        {
            if (await logs.FindIndexAsync(writer.Run, cancellationToken) is not { } index) return null;
            found.Add((writer, index));
        }

        return found.Count == 0 ? null : found;
    }

    /// <returns>False: that would take too much.</returns>
    private async Task<bool> AddAsync(
        ProductId product, Dictionary<DateOnly, Counted> counted, Func<int, AccountId?> account, CancellationToken cancellationToken)
    {
        var runs = counted.Values.SelectMany(date => date.Writers).DistinctBy(writer => writer.Writer.Run).ToList();
        var partitions = runs
            .SelectMany(run => run.Index.Pieces.GroupBy(piece => piece.Partition).Select(pieces => (run.Writer.Run, pieces))).ToList();
        if (runs.Sum(run => run.Index.Pieces.Sum(piece => (long)piece.Length)) > MaxBytes
            || partitions.Sum(partition => (long)partition.pieces.Max(piece => piece.Length)) > MaxOpenBytes) return false;
        var undone = await histories.UndoneAsync(runs.Select(run => run.Writer), cancellationToken);
        var indexes = runs.ToDictionary(run => run.Writer.Run, run => run.Index);
        await using var streams = new MergedLogs();
        foreach (var (run, pieces) in partitions)
        {
            var header = indexes[run].Header;
            var place = header.Products.TakeWhile(one => one.Id != product).Count();
            await streams.AddAsync(run, logs.ReadAsync(run, pieces, cancellationToken)
                .Where(group => group.Product == place && counted.ContainsKey(group.Date)).Select(group => group with { Product = 0 }));
        }

        var texts = 0;
        while (await streams.NextAsync() is { } same)
        {
            var date = counted[same[0].Group.Date];
            var history = new BlockHistory(product,
            [
                .. date.Writers.SelectMany(writer => same.Where(one => one.Run == writer.Writer.Run).Select(one => new BlockHistory.Writer(
                    writer.Writer, undone[one.Run], Dimensions(one.Run), one.Group))),
            ], []);
            texts += Add(date.Stats, history, account);
            if (texts > MaxTexts) return false;
        }

        return true;

        IReadOnlyList<DimensionId> Dimensions(RunId run) => indexes[run].Header.Products.First(one => one.Id == product).Dimensions;
    }

    /// <returns>How many more texts are counted.</returns>
    private static int Add(Dictionary<DimensionId, PointStats> counted, BlockHistory history, Func<int, AccountId?> account)
    {
        var texts = 0;
        foreach (var ordinal in history.Accounts().Order())
        {
            if (account(ordinal) is not { } id) continue;
            foreach (var dimension in history.DimensionsOf(ordinal))
            {
                if (history.ValueOf(ordinal, id, dimension) is not { } value) continue;
                if (!counted.TryGetValue(dimension, out var stats)) counted.Add(dimension, stats = new PointStats { Type = value.Type });
                var before = stats.Texts.Count;
                stats.Add(value);
                texts += stats.Texts.Count - before;
            }
        }

        return texts;
    }
}
