using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Products;

/// <summary>The dates for which a product has snapshots: PartitionKey product, RowKey <c>yyyy-MM-dd</c>. Imports write it.</summary>
public sealed class ProductDates(UsageTables tables)
{
    public async Task<bool> AnyAsync(ProductId product, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {product.Value}");
        await foreach (var _ in tables.SnapshotDates.QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["RowKey"], cancellationToken))
            return true;
        return false;
    }

    /// <summary>Ascending; both bounds are included, null is none.</summary>
    public async Task<IReadOnlyList<DateOnly>> ListAsync(
        ProductId product, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {product.Value} and RowKey ge {Key(from ?? DateOnly.MinValue)} and RowKey le {Key(to ?? DateOnly.MaxValue)}");
        return await tables.SnapshotDates.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken)
            .Select(entity => DateOnly.ParseExact(entity.RowKey, "yyyy-MM-dd", CultureInfo.InvariantCulture))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null: there are none.</summary>
    public async Task<DateOnly?> LatestAsync(ProductId product, CancellationToken cancellationToken) =>
        await ListAsync(product, null, null, cancellationToken) is [.., var latest] ? latest : null;

    private static string Key(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
