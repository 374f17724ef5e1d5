using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Usage.Benchmarks.Tables;

/// <param name="ContentType">Names the boundary.</param>
internal sealed record Transaction(byte[] Body, string ContentType);

/// <summary>The ceiling: one HttpClient that sends transactions which are bytes already, and looks at nothing but their status.</summary>
internal sealed class BareTables : IDisposable
{
    private const string Account = "devstoreaccount1";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Uri _address;
    private readonly byte[] _key;

    public BareTables(string connection)
    {
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        (_address, _key) = (new Uri($"{parts["TableEndpoint"]}/$batch"), Convert.FromBase64String(parts["AccountKey"]));
    }

    public Task SendAllAsync(IEnumerable<Transaction> transactions, int atOnce, CancellationToken cancel) =>
        Parallel.ForEachAsync(transactions, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, SendAsync);

    public void Dispose() => _http.Dispose();

    private async ValueTask SendAsync(Transaction transaction, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(transaction.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(transaction.ContentType);
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{date}\n/{Account}{_address.AbsolutePath}"));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKeyLite {Account}:{Convert.ToBase64String(signature)}");
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-version", "2020-12-06");
        request.Headers.Add("DataServiceVersion", "3.0");
        using var answer = await _http.SendAsync(request, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        if ((int)answer.StatusCode != 202 || body.AsSpan().IndexOf("HTTP/1.1 4"u8) >= 0 || body.AsSpan().IndexOf("HTTP/1.1 5"u8) >= 0)
            throw new InvalidOperationException($"A bare transaction was answered with {(int)answer.StatusCode}: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 800)))}");
    }
}
