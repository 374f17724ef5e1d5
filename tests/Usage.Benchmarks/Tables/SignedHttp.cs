using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Usage.Benchmarks.Tables;

/// <summary>A bare HttpClient whose requests the emulator's table service accepts, and nothing more.</summary>
internal sealed class SignedHttp : IDisposable
{
    private const string Account = "devstoreaccount1";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly byte[] _key;

    public SignedHttp(string connection)
    {
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1]);
        (Endpoint, _key) = (parts["TableEndpoint"], Convert.FromBase64String(parts["AccountKey"]));
    }

    public string Endpoint { get; }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{date}\n/{Account}{request.RequestUri!.AbsolutePath}"));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKeyLite {Account}:{Convert.ToBase64String(signature)}");
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-version", "2020-12-06");
        request.Headers.Add("DataServiceVersion", "3.0");
        return await _http.SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
