using System.Net;
using System.Net.Sockets;
using Usage.Core.Outbound;

namespace Usage.Functions.Outbound;

/// <summary>
/// HTTP to hosts that an admin's configuration names. The address that a name stands for is checked when a connection is made, so that
/// neither a redirect nor a changed DNS answer reaches what isn't public. No proxy, no cookies, no redirects of its own.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private readonly AllowedHosts _allowed;
    private readonly OutboundOptions _options;
    private readonly HttpMessageInvoker _http;

    public GuardedHttp(AllowedHosts allowed, OutboundOptions options)
    {
        (_allowed, _options) = (allowed, options);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Our trace ids are nobody else's business.
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Answers as soon as the headers are there.</summary>
    /// <exception cref="OutboundException">No answer, or none in time, or the address is refused.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        if (UrlRules.Refusal(url, _allowed) is { } refusal) throw new OutboundException(refusal, Retry.Never);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(_options.ResponseSeconds));
        try
        {
            return await _http.SendAsync(request, patience.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException($"{url.Authority} gave no answer in time", Retry.Soon, late);
        }
        catch (HttpRequestException failed)
        {
            throw Explain(url.Authority, failed);
        }
    }

    public void Dispose() => _http.Dispose();

    private static OutboundException Explain(string host, HttpRequestException failed)
    {
        for (Exception? cause = failed; cause is not null; cause = cause.InnerException)
            if (cause is OutboundException known) return known;
        return failed.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => new($"{host} has no certificate that is trusted for it", Retry.Later, failed),
            HttpRequestError.ConnectionError => new($"{host} takes no connection", Retry.Soon, failed),
            HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse =>
                new($"{host} answered with what is no HTTP", Retry.Soon, failed),
            _ => new($"the connection to {host} broke before an answer", Retry.Soon, failed),
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await LookUpAsync(host, cancellationToken);
        IPAddress[] open = _allowed.Contains(host) ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (open.Length == 0) throw new OutboundException(UrlRules.NotPublic(host, addresses[0]), Retry.Never);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];
        try
        {
            var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return found.Length > 0 ? found : throw new OutboundException($"the name {host} has no address", Retry.Later);
        }
        catch (SocketException unknown)
        {
            throw new OutboundException($"the name {host} is unknown", Retry.Later, unknown);
        }
    }
}
