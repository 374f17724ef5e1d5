using Usage.Core.Ids;
using Usage.Core.Reports;

namespace Usage.Storage.Snapshots;

/// <summary>Keeps the report points of a date right, whoever else writes that date at the same time.</summary>
public sealed class ReportPoints(SnapshotDateIndex dates, ReportPointStore points, DateCount counts)
{
    /// <summary>
    /// Several dates that the run alone may have written: points from the run's own figures, one transaction a dimension. Others are
    /// counted.
    /// </summary>
    /// <param name="product">Of the dates.</param>
    /// <param name="run">That wrote them.</param>
    /// <param name="written">Null where the run's own figures aren't complete.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RefreshAsync(
        ProductId product, RunId run, IReadOnlyDictionary<DateOnly, IReadOnlyDictionary<DimensionId, PointStats>?> written,
        CancellationToken cancellationToken)
    {
        var own = new List<DateOnly>();
        var shared = new List<DateOnly>();
        foreach (var (date, stats) in written)
            (stats is not null && await dates.IsOnlyOfAsync(product, date, run, cancellationToken) ? own : shared).Add(date);

        await points.WriteAsync(product, own.SelectMany(date => Points(date, written[date]!)), cancellationToken);
        // Whoever came between the look and the write may have counted already, and have been written over.
        foreach (var date in own)
            if (!await dates.IsOnlyOfAsync(product, date, run, cancellationToken)) shared.Add(date);
        foreach (var date in shared) await CountAsync(product, date, cancellationToken);
    }

    /// <summary>Counts a date from what is stored.</summary>
    public async Task CountAsync(ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        string mark;
        do
        {
            mark = Guid.NewGuid().ToString("N");
            await dates.BeginCountAsync(product, date, mark, cancellationToken);
            var counted = await counts.CountAsync(product, date, cancellationToken);
            await points.WriteAsync(product, Points(date, counted), cancellationToken);
            // A count that began later may have seen more and written earlier.
        }
        while (!await dates.IsLastCountAsync(product, date, mark, cancellationToken));
    }

    private static IEnumerable<(DimensionId Dimension, ReportPoint Point)> Points(
        DateOnly date, IReadOnlyDictionary<DimensionId, PointStats> stats) =>
        stats.Select(pair => (pair.Key, ReportPoint.Of(date, pair.Value)));
}
