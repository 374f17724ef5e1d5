#nullable disable
using Azure.Core;
using Azure.Data.Tables.Errors;
using Azure.Data.Tables.Queries;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

public partial class TableClient
{
    private const string NextPartition = "x-ms-continuation-NextPartitionKey";
    private const string NextRow = "x-ms-continuation-NextRowKey";

    /// <summary>The entities that the filter lets through, ordered by partition and row key.</summary>
    /// <param name="filter">An OData filter; see <see cref="CreateQueryFilter(FormattableString)"/>. Null: all.</param>
    /// <param name="maxPerPage">At most 1,000, which is also what a page has by default. A page may have fewer, none even, and not be the last.</param>
    /// <param name="select">The properties to read, keys included. Null: all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public virtual AsyncPageable<T> QueryAsync<T>(string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        string[] columns = select is null ? null : [.. select];
        return new QueryPages<T>((token, size, ct) => LoadAsync<T>(filter, columns, token, size, ct), maxPerPage, cancellationToken);
    }

    private async Task<Page<T>> LoadAsync<T>(string filter, string[] select, string token, int? top, CancellationToken cancellationToken)
        where T : class, ITableEntity
    {
        var next = (token ?? "").Split(' ', 2);
        var query = QueryString.Of(filter, top, select, ("NextPartitionKey", next[0]), ("NextRowKey", next.Length > 1 ? next[1] : null));
        using var message = _requests.Create(RequestMethod.Get, _path + "()" + query, Outcomes.Read);
        var response = await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var entities = new EntityReader<T>().ReadPage(response.Content.ToMemory().Span);
        response.Headers.TryGetValue(NextPartition, out var partition);
        response.Headers.TryGetValue(NextRow, out var row);
        return Page<T>.FromValues(entities, partition is null ? null : $"{partition} {row}", response);
    }
}
