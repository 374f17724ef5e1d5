using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Storage.Snapshots;

public sealed class ReportPointStore(UsageTables tables)
{
    public Task WriteAsync(ProductId product, IEnumerable<(DimensionId Dimension, ReportPoint Point)> points,
        CancellationToken cancellationToken) =>
        // Partitions are few rows each and many: side by side they take a fraction of the time.
        Parallel.ForEachAsync(
            points.GroupBy(point => point.Dimension),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (same, cancellationToken) => await tables.ReportPoints.SubmitAsync(
                same.Select(point => point.Point.ToEntity(product, same.Key)), TableTransactionActionType.UpsertReplace,
                cancellationToken));

    public async Task RemoveAsync(
        ProductId product, DateOnly date, IEnumerable<DimensionId> dimensions, CancellationToken cancellationToken)
    {
        foreach (var dimension in dimensions)
            await tables.ReportPoints.DeleteEntityAsync(
                ReportPoint.Partition(product, dimension), SnapshotDateIndex.Row(date), cancellationToken: cancellationToken);
    }

    /// <summary>The type of the values that are stored under a dimension's id, whether or not it is there; null: there are none.</summary>
    public async Task<DataType?> TypeAsync(ProductId product, DimensionId dimension, CancellationToken cancellationToken) =>
        (await ListAsync(product, dimension, null, null, cancellationToken)
            .FirstOrDefaultAsync(point => point.Accounts > 0, cancellationToken))?.Type;

    /// <summary>Ascending by date; bounds are included, null is open.</summary>
    public async IAsyncEnumerable<ReportPoint> ListAsync(
        ProductId product, DimensionId dimension, DateOnly? from, DateOnly? to,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ReportPoint.Partition(product, dimension)}");
        if (from is { } first) filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {SnapshotDateIndex.Row(first)}");
        if (to is { } last) filter += " and " + TableClient.CreateQueryFilter($"RowKey le {SnapshotDateIndex.Row(last)}");
        await foreach (var entity in tables.ReportPoints.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            yield return ReportPoint.Read(entity);
    }
}
