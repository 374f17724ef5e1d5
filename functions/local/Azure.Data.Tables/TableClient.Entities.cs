#nullable disable
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Errors;
using Azure.Data.Tables.Queries;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <exception cref="RequestFailedException">409 <c>EntityAlreadyExists</c>, also when an earlier try of this very call was stored and its answer got lost.</exception>
    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        return WriteAsync(RequestMethod.Post, _path, entity, default, cancellationToken);
    }

    /// <summary>Adds the entity, or merges it with or replaces what is stored, whatever that is.</summary>
    public virtual Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => WriteAsync(Method(mode), Address(entity), entity, default, cancellationToken);

    /// <exception cref="RequestFailedException">404 <c>ResourceNotFound</c>; 412 <c>UpdateConditionNotSatisfied</c> when the stored entity has another ETag.</exception>
    public virtual Task<Response> UpdateEntityAsync<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default) throw new ArgumentException("Value cannot be an empty ETag: give the one that was read, or ETag.All.", nameof(ifMatch));
        return WriteAsync(Method(mode), Address(entity), entity, ifMatch, cancellationToken);
    }

    /// <summary>Deletes the entity; that there is none is no error. Without an ETag whatever is stored is deleted.</summary>
    public virtual async Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = _requests.Create(RequestMethod.Delete, Address(partitionKey, rowKey), Outcomes.Deleted);
        message.Request.Headers.Add("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString("H"));
        return await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the entity; that there is none is no error. Without an ETag whatever is stored is deleted.</summary>
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <exception cref="RequestFailedException">404 <c>ResourceNotFound</c>, among others.</exception>
    public virtual async Task<Response<T>> GetEntityAsync<T>(string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = _requests.Create(RequestMethod.Get, Address(partitionKey, rowKey) + QueryString.Of(null, null, select), Outcomes.Read);
        var response = await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(new EntityReader<T>().ReadOne(response.Content.ToMemory().Span), response);
    }

    /// <summary>An answer without a value when there is no such entity, or no such table.</summary>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = _requests.Create(RequestMethod.Get, Address(partitionKey, rowKey) + QueryString.Of(null, null, select), Outcomes.ReadIfExists);
        var response = await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (response.Status == 404) return new MissingEntity<T>(response);
        return Response.FromValue(new EntityReader<T>().ReadOne(response.Content.ToMemory().Span), response);
    }

    private static RequestMethod Method(TableUpdateMode mode) => mode switch
    {
        TableUpdateMode.Merge => RequestMethod.Patch,
        TableUpdateMode.Replace => RequestMethod.Put,
        _ => throw new ArgumentException($"Unexpected value for {nameof(mode)}: {mode}", nameof(mode)),
    };

    private string Address(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return Address(entity.PartitionKey, entity.RowKey);
    }

    private string Address(string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        KeyRules.Check(partitionKey, rowKey);
        return EntityAddress.Of(Name, partitionKey, rowKey);
    }

    private async Task<Response> WriteAsync(RequestMethod method, string path, ITableEntity entity, ETag ifMatch, CancellationToken cancellationToken)
    {
        var buffer = new PooledBuffer(2048);
        using (var json = new Utf8JsonWriter(buffer, EntityWriter.Options)) EntityWriter.Write(json, entity);
        using var message = _requests.Create(method, path, Outcomes.Written);
        message.Request.Headers.Add("Content-Type", "application/json");
        if (method == RequestMethod.Post) message.Request.Headers.Add("Prefer", "return-no-content");
        if (ifMatch != default) message.Request.Headers.Add("If-Match", ifMatch.ToString("H"));
        message.Request.Content = RequestContent.Create(buffer.Written);
        var response = await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        buffer.Release();
        return response;
    }
}
