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
    public async Task<Stored<T>?> GetAsync(string partition, string row, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancel);
        return found.HasValue ? new Stored<T>(DocumentEntity.Read<T>(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>A partition in the order of its rows.</summary>
    public async IAsyncEnumerable<T> ListAsync(string partition, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var entity in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancel))
            yield return DocumentEntity.Read<T>(entity);
    }

    public async Task<bool> TryWriteAsync(string partition, string row, T value, Stored<T>? before, CancellationToken cancel)
    {
        var entity = DocumentEntity.Write(partition, row, value);
        try
        {
            if (before is null) await table.AddEntityAsync(entity, cancel);
            else await table.UpdateEntityAsync(entity, before.Version, TableUpdateMode.Replace, cancel);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412 && lost.ErrorCode != "TableNotFound")
        {
            return false;
        }
    }

    public async Task<bool> TryDeleteAsync(string partition, string row, Stored<T> before, CancellationToken cancel)
    {
        try
        {
            await table.DeleteEntityAsync(partition, row, before.Version, cancel);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 412)
        {
            return false;
        }
    }

    public Task PutAsync(string partition, string row, T value, CancellationToken cancel) =>
        table.UpsertEntityAsync(DocumentEntity.Write(partition, row, value), TableUpdateMode.Replace, cancel);
}
