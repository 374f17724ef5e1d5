namespace Azure.Data.Tables.Queries;

/// <summary>Pages that are asked for one at a time, as the caller goes on.</summary>
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

    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, cancellationToken);
        string? next = null;
        do
        {
            var page = await load(next, maxPerPage, both.Token).ConfigureAwait(false);
            foreach (var item in page.Values) yield return item;
            next = page.ContinuationToken;
        }
        while (next is not null);
    }
}
