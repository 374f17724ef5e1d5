using System.Net.Http.Headers;
using System.Text;

namespace Usage.Benchmarks.Tables;

/// <param name="ContentType">Names the boundary.</param>
internal sealed record Transaction(byte[] Body, string ContentType);

/// <summary>The ceiling: one HttpClient that sends transactions which are bytes already, and looks at nothing but their status.</summary>
internal sealed class BareTables(string connection) : IDisposable
{
    private readonly SignedHttp _http = new(connection);

    public Task SendAllAsync(IEnumerable<Transaction> transactions, int atOnce, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(transactions,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, SendAsync);

    public void Dispose() => _http.Dispose();

    private async ValueTask SendAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{_http.Endpoint}/$batch")
        { Content = new ByteArrayContent(transaction.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(transaction.ContentType);
        using var answer = await _http.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        if ((int)answer.StatusCode != 202 || body.AsSpan().IndexOf("HTTP/1.1 4"u8) >= 0 || body.AsSpan().IndexOf("HTTP/1.1 5"u8) >= 0)
            throw new InvalidOperationException(
                $"A bare transaction was answered with {(int)answer.StatusCode}: "
                    + $"{Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 800)))}");
    }
}
