using Azure;
using Azure.Data.Tables;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Storage.Changes;

namespace Usage.Storage.Snapshots;

/// <summary>A block's snapshots of one date: what a transaction would write over.</summary>
public sealed class StoredBlock
{
    /// <summary>Of more accounts than that all of the block are loaded.</summary>
    private const int MaxNamed = 12;

    private readonly Dictionary<string, TableEntity> _entities = new(StringComparer.Ordinal);

    private StoredBlock()
    {
    }

    /// <summary>Nothing is stored.</summary>
    public static StoredBlock Nothing { get; } = new();

    /// <summary>
    /// What the logs of all who wrote a block tell of the accounts that are to be sent: all of it but the versions.
    /// </summary>
    public static StoredBlock Of(BlockHistory history, GroupTarget target, GroupWrites writes)
    {
        var stored = new StoredBlock();
        foreach (var account in writes.Accounts.Where(account => account.IsSent() && history.Knows(account.Account)))
        {
            if (target.Account(account.Account) is not { } id) continue;
            var entity = new TableEntity(SnapshotKeys.Partition(writes.Block, target.Product, writes.Date), id.Value) { ETag = ETag.All };
            foreach (var dimension in history.DimensionsOf(account.Account))
                if (history.ValueOf(account.Account, id, dimension) is { } value)
                    entity[SnapshotKeys.Property(dimension)] = value.ToObject();
            stored._entities[id.Value] = entity;
        }

        return stored;
    }

    public static Task<StoredBlock> LoadAsync(
        UsageTables tables, int block, ProductId product, DateOnly date, CancellationToken cancellationToken) =>
        LoadAsync(tables, TableClient.CreateQueryFilter($"PartitionKey eq {SnapshotKeys.Partition(block, product, date)}"),
            cancellationToken);

    /// <summary>Some accounts of a block; the emulator takes a fifth of the time for a few of them.</summary>
    public static Task<StoredBlock> LoadAsync(
        UsageTables tables, int block, ProductId product, DateOnly date, IReadOnlyList<AccountId> accounts,
        CancellationToken cancellationToken)
    {
        if (accounts.Count == 0) return Task.FromResult(Nothing);
        if (accounts.Count > MaxNamed) return LoadAsync(tables, block, product, date, cancellationToken);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {SnapshotKeys.Partition(block, product, date)}");
        var rows = string.Join(" or ", accounts.Select(account => TableClient.CreateQueryFilter($"RowKey eq {account.Value}")));
        return LoadAsync(tables, $"{filter} and ({rows})", cancellationToken);
    }

    /// <returns>As it is stored; null where nothing is.</returns>
    internal TableEntity? Find(AccountId account) => _entities.GetValueOrDefault(account.Value);

    /// <returns>Null where nothing is stored.</returns>
    public UsageValue? Find(AccountId account, DimensionId dimension) =>
        _entities.TryGetValue(account.Value, out var entity) && entity.TryGetValue(SnapshotKeys.Property(dimension), out var stored)
            ? StoredValues.ToValue(stored)
            : null;

    private static async Task<StoredBlock> LoadAsync(UsageTables tables, string filter, CancellationToken cancellationToken)
    {
        var stored = new StoredBlock();
        await foreach (var entity in tables.Snapshots.QueryAsync<TableEntity>(
            filter, Partitioning.BlockSize, cancellationToken: cancellationToken))
            stored._entities[entity.RowKey] = entity;
        return stored;
    }
}
