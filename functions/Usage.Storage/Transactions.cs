using Azure.Data.Tables;

namespace Usage.Storage;

internal static class Transactions
{
    /// <summary>What Table Storage takes in one.</summary>
    public const int MaxEntities = 100;

    /// <summary>Writes entities in transactions, one partition after the other; each transaction is whole or not at all.</summary>
    public static async Task SubmitAsync(
        this TableClient table, IEnumerable<ITableEntity> entities, TableTransactionActionType action, CancellationToken cancel)
    {
        foreach (var partition in entities.GroupBy(entity => entity.PartitionKey))
            foreach (var chunk in partition.Chunk(MaxEntities))
                await table.SubmitTransactionAsync(chunk.Select(entity => new TableTransactionAction(action, entity)), cancel);
    }
}
