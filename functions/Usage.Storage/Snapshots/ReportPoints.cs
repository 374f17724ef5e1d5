using Usage.Core.Ids;
using Usage.Core.Reports;

namespace Usage.Storage.Snapshots;

/// <summary>Keeps the report points of a date right, whoever else writes that date at the same time.</summary>
public sealed class ReportPoints(
    SnapshotDateIndex dates, ReportPointStore points, LoggedCount logged, DateCount counts)
{
    /// <summary>Several dates, by a run that has its turn at the product.</summary>
    /// <param name="product">Of the dates.</param>
    /// <param name="written">All that is stored of a date; null: it is counted, and a point or a date without accounts goes.</param>
    /// <param name="dimensions">That may have a point on them.</param>
    /// <param name="account">By ordinal; null for one that isn't there any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RefreshAsync(
        ProductId product, IReadOnlyDictionary<DateOnly, IReadOnlyDictionary<DimensionId, PointStats>?> written,
        IReadOnlyList<DimensionId> dimensions, Func<int, AccountId?> account, CancellationToken cancellationToken)
    {
        var known = written.Where(date => date.Value is not null).ToDictionary(date => date.Key, date => date.Value!);
        var unknown = written.Keys.Where(date => !known.ContainsKey(date)).ToList();
        await points.WriteAsync(product, known.SelectMany(date => Points(date.Key, date.Value)), cancellationToken);
        if (unknown.Count > 0) await RecountAsync(product, unknown, dimensions, account, cancellationToken);
    }

    /// <summary>Several dates of which nothing is known, by a run that has its turn at the product.</summary>
    /// <inheritdoc cref="RefreshAsync"/>
    public async Task RecountAsync(
        ProductId product, IReadOnlyCollection<DateOnly> unknown, IReadOnlyList<DimensionId> dimensions, Func<int, AccountId?> account,
        CancellationToken cancellationToken)
    {
        var counted = await logged.CountAsync(product, unknown, account, cancellationToken);
        await points.WriteAsync(product, counted.SelectMany(date => Points(date.Key, date.Value)), cancellationToken);
        foreach (var (date, stats) in counted)
        {
            await RemoveAsync(product, date, dimensions, stats, cancellationToken);
            if (stats.Count == 0) await dates.RemoveAsync(product, date, cancellationToken);
        }

        foreach (var date in unknown.Where(date => !counted.ContainsKey(date)))
            await CountAsync(product, date, dimensions, cancellationToken);
    }

    /// <summary>Counts a date from what is stored.</summary>
    private async Task CountAsync(
        ProductId product, DateOnly date, IReadOnlyList<DimensionId> dimensions, CancellationToken cancellationToken)
    {
        string mark;
        var isEmpty = false;
        do
        {
            mark = Guid.NewGuid().ToString("N");
            await dates.BeginCountAsync(product, date, mark, cancellationToken);
            var counted = await counts.CountAsync(product, date, cancellationToken);
            await points.WriteAsync(product, Points(date, counted), cancellationToken);
            await RemoveAsync(product, date, dimensions, counted, cancellationToken);
            isEmpty = counted.Count == 0;
            // A count that began later may have seen more and written earlier.
        }
        while (!await dates.IsLastCountAsync(product, date, mark, cancellationToken));
        if (isEmpty) await dates.RemoveAsync(product, date, cancellationToken);
    }

    private Task RemoveAsync(
        ProductId product, DateOnly date, IReadOnlyList<DimensionId> dimensions, IReadOnlyDictionary<DimensionId, PointStats> counted,
        CancellationToken cancellationToken) =>
        points.RemoveAsync(product, date, dimensions.Where(dimension => !counted.ContainsKey(dimension)), cancellationToken);

    private static IEnumerable<(DimensionId Dimension, ReportPoint Point)> Points(
        DateOnly date, IReadOnlyDictionary<DimensionId, PointStats> stats) =>
        stats.Select(pair => (pair.Key, ReportPoint.Of(date, pair.Value)));
}
