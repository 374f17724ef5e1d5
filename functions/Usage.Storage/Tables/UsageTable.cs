using Azure;
using Azure.Data.Tables;

namespace Usage.Storage.Tables;

/// <summary>
/// A table. Every write of the system goes through here and is held to the limits of Azure before it is sent; a
/// <see cref="TableLimitException"/> says what breaks which. Names and defaults are those of the official client.
/// </summary>
public sealed class UsageTable(TableClient client)
{
    public string Name => client.Name;

    public AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => client.QueryAsync<T>(filter, maxPerPage, select, cancellationToken);

    public Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => client.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken);

    public Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellationToken = default)
    {
        TableLimits.Check(Name, entity);
        return client.AddEntityAsync(entity, cancellationToken);
    }

    public Task<Response> UpsertEntityAsync(
        TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        TableLimits.Check(Name, entity);
        return client.UpsertEntityAsync(entity, mode, cancellationToken);
    }

    public Task<Response> UpdateEntityAsync(
        TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        TableLimits.Check(Name, entity);
        return client.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken);
    }

    public Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        TableLimits.CheckKeys(Name, partitionKey, rowKey);
        return client.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellationToken);
    }

    /// <summary>Changes an entity's version and nothing that is read: conditional writes of whoever has read it before fail.</summary>
    /// <returns>False: it isn't there.</returns>
    public async Task<bool> TouchAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        try
        {
            var touch = new TableEntity(partitionKey, rowKey) { ["touched"] = Guid.NewGuid().ToString("N") };
            await UpdateEntityAsync(touch, ETag.All, TableUpdateMode.Merge, cancellationToken);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && missing.ErrorCode != "TableNotFound")
        {
            return false;
        }
    }

    /// <summary>Splits writes to one partition into transactions.</summary>
    public IEnumerable<TableTransaction> Transactions(IEnumerable<TableTransactionAction> actions) => TableTransaction.Fill(Name, actions);

    public Task SubmitTransactionAsync(TableTransaction transaction, CancellationToken cancellationToken = default) =>
        client.SubmitTransactionAsync(transaction.Actions, cancellationToken);

    /// <summary>Writes entities in transactions, one partition after the other; each transaction is whole or not at all.</summary>
    public async Task SubmitAsync(IEnumerable<TableEntity> entities, TableTransactionActionType action, CancellationToken cancellationToken)
    {
        foreach (var partition in entities.GroupBy(entity => entity.PartitionKey))
            foreach (var transaction in Transactions(partition.Select(entity => new TableTransactionAction(action, entity))))
                await SubmitTransactionAsync(transaction, cancellationToken);
    }
}
