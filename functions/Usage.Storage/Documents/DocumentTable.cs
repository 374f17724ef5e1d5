using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Usage.Storage.Tables;

namespace Usage.Storage.Documents;

/// <summary>
/// Documents of one type in one table. Writes are conditional on what was read: false means that someone else was faster.
/// </summary>
internal sealed class DocumentTable<T>(UsageTable table)
    where T : class
{
    public async Task<Stored<T>?> GetAsync(string partition, string row, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? new Stored<T>(DocumentEntity.Read<T>(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>A partition in the order of its rows.</summary>
    public IAsyncEnumerable<T> ListAsync(string partition, CancellationToken cancellationToken) =>
        FindAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken);

    /// <summary>What a filter of the table service lets through, in the order of keys.</summary>
    public async IAsyncEnumerable<T> FindAsync(string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            yield return DocumentEntity.Read<T>(entity);
    }

    public async Task<bool> TryWriteAsync(string partition, string row, T value, Stored<T>? before, CancellationToken cancellationToken) =>
        await WriteAsync(partition, row, value, before, cancellationToken) is not null;

    /// <returns>What is stored now; null: someone else was faster.</returns>
    public async Task<Stored<T>?> WriteAsync(string partition, string row, T value, Stored<T>? before, CancellationToken cancellationToken)
    {
        var entity = DocumentEntity.Write(partition, row, value);
        try
        {
            var written = before is null
                ? await table.AddEntityAsync(entity, cancellationToken)
                : await table.UpdateEntityAsync(entity, before.Version, TableUpdateMode.Replace, cancellationToken);
            return new Stored<T>(value, written.Headers.ETag!.Value);
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412 && lost.ErrorCode != "TableNotFound")
        {
            return null;
        }
    }

    public async Task<bool> TryDeleteAsync(string partition, string row, Stored<T> before, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(partition, row, before.Version, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 412)
        {
            return false;
        }
    }

    public Task PutAsync(string partition, string row, T value, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(DocumentEntity.Write(partition, row, value), TableUpdateMode.Replace, cancellationToken);
}
