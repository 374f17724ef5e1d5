#nullable disable
using Azure.Core;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Pipeline;
using Azure.Data.Tables.Queries;
using Azure.Data.Tables.Transactions;

namespace Azure.Data.Tables;

/// <summary>One table. Safe for use by many threads; meant to be kept.</summary>
public partial class TableClient
{
    private readonly TableRequests _requests;
    private readonly BatchBody _batches;
    private readonly string _path;

    /// <exception cref="ArgumentException">The connection string lacks the account or its key.</exception>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <exception cref="ArgumentException">The connection string lacks the account or its key.</exception>
    public TableClient(string connectionString, string tableName, TableClientOptions options = null)
        : this(TableRequests.For(connectionString, options), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions options = null)
        : this(TableRequests.For(endpoint, credential, options), tableName)
    {
    }

    /// <summary>Tokens are sent over https only.</summary>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(TableRequests.For(endpoint, tokenCredential, options), tableName)
    {
    }

    internal TableClient(TableRequests requests, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _requests = requests;
        _path = "/" + Uri.EscapeDataString(tableName);
        _batches = new BatchBody(requests.Address + _path);
        Name = tableName;
        Uri = new Uri(requests.Address + _path);
    }

    /// <summary>For subclasses that stand in for a table in tests.</summary>
    protected TableClient()
    {
    }

    public virtual string Name { get; }

    public virtual string AccountName => _requests.Account;

    public virtual Uri Uri { get; }

    /// <summary>The filter with its values as OData literals: <c>CreateQueryFilter($"PartitionKey eq {key}")</c>.</summary>
    /// <exception cref="ArgumentException">A value is of a type that filters don't have.</exception>
    public static string CreateQueryFilter(FormattableString filter) => FilterLiteral.Format(filter);

    /// <exception cref="RequestFailedException">409 <c>TableAlreadyExists</c>, among others.</exception>
    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        TableList.CreateAsync(_requests, Name, cancellationToken);

    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        TableList.CreateIfNotExistsAsync(_requests, Name, cancellationToken);

    /// <summary>Deletes the table with all its entities; that there is none is no error.</summary>
    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        TableList.DeleteAsync(_requests, Name, cancellationToken);
}
