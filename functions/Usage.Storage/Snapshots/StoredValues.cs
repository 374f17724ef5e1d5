using Azure.Data.Tables;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Storage.Snapshots;

/// <summary>Reads values as they are stored.</summary>
public static class StoredValues
{
    /// <summary>A block's snapshots of one date by account id: what a transaction would write over.</summary>
    public static async Task<IReadOnlyDictionary<string, TableEntity>> LoadBlockAsync(
        this UsageTables tables, int block, ProductId product, DateOnly date, CancellationToken cancel)
    {
        var stored = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {SnapshotKeys.Partition(block, product, date)}");
        await foreach (var entity in tables.Snapshots.QueryAsync<TableEntity>(filter, cancellationToken: cancel)) stored[entity.RowKey] = entity;
        return stored;
    }

    /// <returns>Null for what is no value of a dimension.</returns>
    public static UsageValue? ToValue(object? stored) => stored switch
    {
        double number => UsageValue.Of(number),
        string text => UsageValue.Of(text),
        bool boolean => UsageValue.Of(boolean),
        _ => null,
    };
}
