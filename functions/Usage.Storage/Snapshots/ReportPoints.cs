using Usage.Core.Ids;
using Usage.Core.Reports;

namespace Usage.Storage.Snapshots;

/// <summary>Keeps the report points of a date right, whoever else writes that date at the same time.</summary>
public sealed class ReportPoints(SnapshotDateIndex dates, ReportPointStore points, DateCount counts)
{
    /// <summary>Several dates, by a run that has its turn at the product.</summary>
    /// <param name="product">Of the dates.</param>
    /// <param name="written">All that is stored of a date; null: it is counted.</param>
    /// <param name="dimensions">That may have a point on them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RefreshAsync(
        ProductId product, IReadOnlyDictionary<DateOnly, IReadOnlyDictionary<DimensionId, PointStats>?> written,
        IReadOnlyList<DimensionId> dimensions, CancellationToken cancellationToken)
    {
        await points.WriteAsync(
            product, written.Where(date => date.Value is not null).SelectMany(date => Points(date.Key, date.Value!)), cancellationToken);
        foreach (var date in written.Where(date => date.Value is null)) await CountAsync(product, date.Key, dimensions, cancellationToken);
    }

    /// <summary>
    /// Counts a date from what is stored. A point without accounts goes, and so does a date without any, of which nothing is left.
    /// </summary>
    public async Task CountAsync(
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
            await points.RemoveAsync(product, date, dimensions.Where(dimension => !counted.ContainsKey(dimension)), cancellationToken);
            isEmpty = counted.Count == 0;
            // A count that began later may have seen more and written earlier.
        }
        while (!await dates.IsLastCountAsync(product, date, mark, cancellationToken));
        if (isEmpty) await dates.RemoveAsync(product, date, cancellationToken);
    }

    private static IEnumerable<(DimensionId Dimension, ReportPoint Point)> Points(
        DateOnly date, IReadOnlyDictionary<DimensionId, PointStats> stats) =>
        stats.Select(pair => (pair.Key, ReportPoint.Of(date, pair.Value)));
}
