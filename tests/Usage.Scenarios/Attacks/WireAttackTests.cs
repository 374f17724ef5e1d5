using System.Net.Sockets;
using System.Text;

namespace Usage.Scenarios.Attacks;

/// <summary>Requests that no client of HTTP would write.</summary>
[Collection(Attacked.Name)]
public sealed class WireAttackTests(AttackedApp app)
{
    private const string Host = "Host: localhost\r\n";
    private const string End = "Connection: close\r\n\r\n";

    [Theory]
    [InlineData("two lengths", "POST /api/keys HTTP/1.1\r\n" + Host + "Content-Length: 2\r\nContent-Length: 3\r\n" + End + "{}", "400")]
    [InlineData("a length that is none", "POST /api/keys HTTP/1.1\r\n" + Host + "Content-Length: -1\r\n" + End, "400")]
    [InlineData("a chunk without an end", "POST /api/keys HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\n" + End
        + "FFFFFFFFFFFFFFFFF\r\n", "400")]
    [InlineData("a request behind another one", "POST /api/keys HTTP/1.1\r\n" + Host
        + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/keys HTTP/1.1\r\n" + Host + End, "400 401")]
    [InlineData("a header's name with a space", "GET /api/products HTTP/1.1\r\n" + Host + "x-functions-key : a\r\n" + End, "400")]
    [InlineData("a header that goes on", "GET /api/products HTTP/1.1\r\n" + Host + "X-A: a\r\n b\r\n" + End, "400")]
    [InlineData("a NUL in a header", "GET /api/products HTTP/1.1\r\n" + Host + "X-A: a\0b\r\n" + End, "400")]
    [InlineData("no host", "GET /api/products HTTP/1.1\r\n" + End, "400")]
    [InlineData("two hosts", "GET /api/products HTTP/1.1\r\n" + Host + Host + End, "400")]
    [InlineData("a host that is none", "GET /api/products HTTP/1.1\r\nHost: a b\r\n" + End, "400")]
    [InlineData("a blank host", "GET /api/products HTTP/1.1\r\nHost: \r\n" + End, "400")]
    [InlineData("a host that can't be decoded", "GET /api/products HTTP/1.1\r\nHost: xn--localhost\r\n" + End, "400")]
    [InlineData("a host with nothing between dots", "GET /api/products HTTP/1.1\r\nHost: a..b\r\n" + End, "400")]
    [InlineData("a proxy's request", "GET http://169.254.169.254/metadata HTTP/1.1\r\nHost: 169.254.169.254\r\n" + End, "404")]
    [InlineData("a tunnel", "CONNECT 169.254.169.254:443 HTTP/1.1\r\nHost: 169.254.169.254\r\n" + End, "400 404 405")]
    [InlineData("dots in a path", "GET /api/products/../keys HTTP/1.1\r\n" + Host + End, "401")]
    [InlineData("dots in a path, encoded", "GET /api/products/%2e%2e/keys HTTP/1.1\r\n" + Host + End, "401 404")]
    [InlineData("a NUL in a path", "GET /api/products/own%00 HTTP/1.1\r\n" + Host + End, "400")]
    [InlineData("two slashes", "GET //api/keys HTTP/1.1\r\n" + Host + End, "404")]
    [InlineData("a protocol of before", "GET /api/products\r\n\r\n", "400")]
    [InlineData("a protocol of its own", "GET /api/products HTTP/9.9\r\n" + Host + End, "505")]
    [InlineData("no request", "\u0016\u0003\u0001\u0002\r\n\r\n", "400")]
    public async Task Request_is_refused_and_changes_nothing(string what, string request, string statuses)
    {
        var before = await app.StateAsync();
        var answer = await SendAsync(request);
        var status = answer.Split(' ') is [_, var found, ..] ? found : "none";
        Assert.True(statuses.Split(' ').Contains(status), $"{what}: found {status}, expected {statuses}:\n{answer}");
        Assert.DoesNotContain(" 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(before, await app.StateAsync());
    }

    [Theory]
    [InlineData("a long address", 20_000, 0, "414")]
    [InlineData("long headers", 10, 100_000, "431")]
    public async Task Request_that_is_long_before_its_body_is_refused(string what, int address, int header, string status)
    {
        var answer = await SendAsync(
            $"GET /api/products?{new string('a', address)} HTTP/1.1\r\n{Host}X-A: {new string('a', header)}\r\n{End}");
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {answer}");
    }

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", app.Api.Http.BaseAddress!.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // What a server does that has said what it has to say, while there is still something to read for it.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
