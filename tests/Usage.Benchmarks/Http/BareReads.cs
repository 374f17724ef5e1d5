using Usage.Benchmarks.Tables;

namespace Usage.Benchmarks.Http;

/// <summary>
/// The ceiling of point reads: one HttpClient that asks for entities and looks at nothing but the status of what it gets.
/// </summary>
internal sealed class BareReads(string connection) : IDisposable
{
    private readonly SignedHttp _http = new(connection);

    /// <summary>The address of an entity.</summary>
    public Uri Address(string table, string partition, string row) =>
        new($"{_http.Endpoint}/{table}(PartitionKey='{Uri.EscapeDataString(partition)}',RowKey='{Uri.EscapeDataString(row)}')");

    public Task ReadAllAsync(IEnumerable<Uri> entities, int atOnce, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(entities,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, ReadAsync);

    public void Dispose() => _http.Dispose();

    private async ValueTask ReadAsync(Uri entity, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, entity);
        request.Headers.TryAddWithoutValidation("Accept", "application/json;odata=minimalmetadata");
        using var answer = await _http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"A bare read was answered with {(int)answer.StatusCode}: {entity}");
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
