namespace Azure.Data.Tables.Queries;

/// <summary>Pages that are asked for one at a time, as the caller goes on. As in the package, <c>WithCancellation</c> ends nothing: only the query's own token does.</summary>
internal sealed class QueryPages<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> load, int? maxPerPage, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = await load(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken).ConfigureAwait(false);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}
