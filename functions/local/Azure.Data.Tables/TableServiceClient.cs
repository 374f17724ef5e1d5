#nullable disable
using Azure.Core;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Pipeline;
using Azure.Data.Tables.Queries;

namespace Azure.Data.Tables;

/// <summary>The tables of one account. Its table clients share its pipeline.</summary>
public class TableServiceClient
{
    private readonly TableRequests _requests;

    /// <exception cref="ArgumentException">The connection string lacks the account or its key.</exception>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <exception cref="ArgumentException">The connection string lacks the account or its key.</exception>
    public TableServiceClient(string connectionString, TableClientOptions options = null)
    {
        _requests = TableRequests.For(connectionString, options);
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options)
    {
        _requests = TableRequests.For(endpoint, credential, options);
    }

    /// <summary>Tokens are sent over https only.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null)
    {
        _requests = TableRequests.For(endpoint, tokenCredential, options);
    }

    /// <summary>For subclasses that stand in for an account in tests.</summary>
    protected TableServiceClient()
    {
    }

    public virtual string AccountName => _requests.Account;

    public virtual Uri Uri => _requests.Endpoint;

    /// <summary>The filter with its values as OData literals: <c>CreateQueryFilter($"TableName eq {name}")</c>.</summary>
    public static string CreateQueryFilter(FormattableString filter) => FilterLiteral.Format(filter);

    public virtual TableClient GetTableClient(string tableName) => new(_requests, tableName);

    /// <exception cref="RequestFailedException">409 <c>TableAlreadyExists</c>, among others.</exception>
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        TableList.CreateAsync(_requests, tableName, cancellationToken);

    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        TableList.CreateIfNotExistsAsync(_requests, tableName, cancellationToken);

    /// <summary>Deletes the table with all its entities; that there is none is no error.</summary>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        TableList.DeleteAsync(_requests, tableName, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new QueryPages<TableItem>((token, size, ct) => TableList.QueryAsync(_requests, filter, token, size, ct), maxPerPage, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);
}
