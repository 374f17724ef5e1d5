using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Storage.Snapshots;

/// <summary>A block's snapshots of one date: what a transaction would write over.</summary>
public sealed class StoredBlock
{
    private readonly Dictionary<string, TableEntity> _entities = new(StringComparer.Ordinal);

    private StoredBlock()
    {
    }

    public static async Task<StoredBlock> LoadAsync(
        UsageTables tables, int block, ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        var stored = new StoredBlock();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {SnapshotKeys.Partition(block, product, date)}");
        await foreach (var entity in tables.Snapshots.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            stored._entities[entity.RowKey] = entity;
        return stored;
    }

    /// <summary>Whether this run wrote it last.</summary>
    public bool IsOf(AccountId account, RunId run) =>
        _entities.TryGetValue(account.Value, out var entity) && entity.GetString(SnapshotKeys.Run) == run.Value;

    /// <returns>Null where nothing is stored.</returns>
    public UsageValue? Find(AccountId account, DimensionId dimension) =>
        _entities.TryGetValue(account.Value, out var entity) && entity.TryGetValue(SnapshotKeys.Property(dimension), out var stored)
            ? StoredValues.ToValue(stored)
            : null;
}
