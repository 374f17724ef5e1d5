using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Snapshots;

/// <summary>
/// The dates for which a product has snapshots. Partition: the product; row: <c>yyyy-MM-dd</c>; properties: <c>logged</c>, whether every
/// write of it is in some run's log; <c>count</c>, who counted it last. A date is here before its first snapshot is written, so one may be
/// here with none when that run was cut short.
/// </summary>
public sealed class SnapshotDateIndex(UsageTables tables)
{
    public async Task AddAsync(ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SnapshotDates.AddEntityAsync(new TableEntity(product.Value, Row(date)) { ["logged"] = true }, cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // Another partition of the run, or a run before, has added it.
        }
    }

    /// <summary>For each date that is here, whether every write of it is in some run's log; both bounds are included.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, bool>> MapAsync(
        ProductId product, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {product.Value} and RowKey ge {Row(from)} and RowKey le {Row(to)}");
        var dates = new Dictionary<DateOnly, bool>();
        await foreach (var entity in tables.SnapshotDates.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            dates[DateOnly.ParseExact(entity.RowKey, "yyyy-MM-dd", CultureInfo.InvariantCulture)] = entity.GetBoolean("logged") == true;
        return dates;
    }

    public Task RemoveAsync(ProductId product, DateOnly date, CancellationToken cancellationToken) =>
        tables.SnapshotDates.DeleteEntityAsync(product.Value, Row(date), cancellationToken: cancellationToken);

    public Task BeginCountAsync(ProductId product, DateOnly date, string count, CancellationToken cancellationToken) =>
        MergeAsync(product, date, "count", count, cancellationToken);

    /// <summary>Whether nobody began to count after this count did.</summary>
    public async Task<bool> IsLastCountAsync(ProductId product, DateOnly date, string count, CancellationToken cancellationToken)
    {
        var found = await tables.SnapshotDates.GetEntityIfExistsAsync<TableEntity>(
            product.Value, Row(date), cancellationToken: cancellationToken);
        return !found.HasValue || found.Value!.GetString("count") == count;
    }

    private Task<Response> MergeAsync(
        ProductId product, DateOnly date, string property, object value, CancellationToken cancellationToken) =>
        tables.SnapshotDates.UpsertEntityAsync(
            new TableEntity(product.Value, Row(date)) { [property] = value }, TableUpdateMode.Merge, cancellationToken);

    internal static string Row(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
