using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Reports;

namespace Usage.Storage.Snapshots;

/// <summary>Counts what is stored for a product and a date, in bounded memory however many different texts there are.</summary>
public sealed class DateCount(UsageTables tables)
{
    private const int MorePasses = 8;
    private const int AtOnce = 4;

    public async Task<IReadOnlyDictionary<DimensionId, PointStats>> CountAsync(
        ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        var counted = await PassAsync(product, date, _ => true, cancellationToken);
        for (var passes = MorePasses; counted.Values.Any(stats => stats.Overflowed); passes *= MorePasses)
            await CountTextsAsync(product, date, counted, passes, cancellationToken);
        return counted;
    }

    /// <summary>Counts a share of the texts at a time and keeps the most frequent of each.</summary>
    private async Task CountTextsAsync(
        ProductId product, DateOnly date, Dictionary<DimensionId, PointStats> counted, int passes, CancellationToken cancellationToken)
    {
        var many = counted.Where(pair => pair.Value.Overflowed).ToList();
        foreach (var (_, stats) in many) stats.Overflowed = false;
        for (var pass = 0; pass < passes && many.All(pair => !pair.Value.Overflowed); pass++)
        {
            var share = await PassAsync(
                product, date, text => (uint)text.GetHashCode(StringComparison.Ordinal) % passes == pass, cancellationToken);
            foreach (var (dimension, stats) in many)
            {
                if (!share.TryGetValue(dimension, out var part)) continue;
                if (part.Overflowed) stats.Overflowed = true;
                var all = stats.Texts.Concat(part.Texts).OrderByDescending(pair => pair.Value)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(ReportPoint.TopTexts).ToList();
                stats.Texts.Clear();
                foreach (var (text, count) in all) stats.Texts[text] = count;
            }
        }

        foreach (var (_, stats) in many.Where(pair => pair.Value.Overflowed)) stats.Texts.Clear();
    }

    /// <summary>
    /// The ranges side by side, each with its own figures: they add up at the end, in order, so that sums are the same every time.
    /// </summary>
    private async Task<Dictionary<DimensionId, PointStats>> PassAsync(
        ProductId product, DateOnly date, Func<string, bool> takesText, CancellationToken cancellationToken)
    {
        var ranges = new Dictionary<DimensionId, PointStats>[SnapshotKeys.Ranges];
        await Parallel.ForAsync(0, SnapshotKeys.Ranges,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (range, cancellationToken) =>
        {
            var counted = ranges[range] = [];
            await foreach (
                var entity in tables.Snapshots.QueryAsync<TableEntity>(
                    SnapshotKeys.Range(range, product, date), cancellationToken: cancellationToken))
                Add(counted, entity, takesText);
        });
        var all = ranges[0];
        foreach (var (dimension, stats) in ranges.Skip(1).SelectMany(range => range))
            if (!all.TryAdd(dimension, stats)) all[dimension].Add(stats);
        return all;
    }

    private static void Add(Dictionary<DimensionId, PointStats> counted, TableEntity entity, Func<string, bool> takesText)
    {
        foreach (var (property, stored) in entity)
        {
            if (SnapshotKeys.Dimension(property) is not { } dimension || StoredValues.ToValue(stored) is not { } value) continue;
            if (!counted.TryGetValue(dimension, out var stats)) counted.Add(dimension, stats = new PointStats { Type = value.Type });
            if (value.Text is { } text && !takesText(PointStats.Key(text))) continue;
            stats.Add(value);
        }
    }
}
