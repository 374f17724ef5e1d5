using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Azure.Data.Tables.Tests.Pipeline;

/// <summary>Answers one request over TLS with JSON.</summary>
internal sealed class SecureService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _answer;

    public SecureService(string answer)
    {
        _answer = answer;
        _listener.Start();
        Request = ServeAsync();
    }

    public Uri Endpoint => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/devstoreaccount1");

    /// <summary>The head of the request, once it was answered.</summary>
    public Task<string> Request { get; }

    public async ValueTask DisposeAsync()
    {
        await Request;
        _listener.Dispose();
    }

    private async Task<string> ServeAsync()
    {
        using var key = RSA.Create(2048);
        var name = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = name.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var client = await _listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        var head = new StringBuilder();
        using var reader = new StreamReader(tls, leaveOpen: true);
        while (await reader.ReadLineAsync() is { Length: > 0 } line) head.AppendLine(line);
        var body = Encoding.UTF8.GetBytes(_answer);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        await tls.WriteAsync(body);
        await tls.FlushAsync();
        return head.ToString();
    }
}
