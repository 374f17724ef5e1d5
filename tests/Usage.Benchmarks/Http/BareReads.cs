using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Usage.Benchmarks.Http;

/// <summary>The ceiling of point reads: one HttpClient that asks for entities and looks at nothing but the status of what it gets.</summary>
internal sealed class BareReads : IDisposable
{
    private const string Account = "devstoreaccount1";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string _endpoint;
    private readonly byte[] _key;

    public BareReads(string connection)
    {
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        (_endpoint, _key) = (parts["TableEndpoint"], Convert.FromBase64String(parts["AccountKey"]));
    }

    /// <summary>The address of an entity.</summary>
    public Uri Address(string table, string partition, string row) => new($"{_endpoint}/{table}(PartitionKey='{Uri.EscapeDataString(partition)}',RowKey='{Uri.EscapeDataString(row)}')");

    public Task ReadAllAsync(IEnumerable<Uri> entities, int atOnce, CancellationToken cancel) =>
        Parallel.ForEachAsync(entities, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, ReadAsync);

    public void Dispose() => _http.Dispose();

    private async ValueTask ReadAsync(Uri entity, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, entity);
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{date}\n/{Account}{entity.AbsolutePath}"));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKeyLite {Account}:{Convert.ToBase64String(signature)}");
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-version", "2020-12-06");
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;odata=minimalmetadata");
        using var answer = await _http.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"A bare read was answered with {(int)answer.StatusCode}: {entity}");
        await answer.Content.ReadAsByteArrayAsync(cancel);
    }
}
