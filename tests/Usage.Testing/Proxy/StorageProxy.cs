using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Usage.Testing.Proxy;

/// <summary>Stands between the app and the emulator's three services, sees each request, and does to it what it is told.</summary>
public sealed partial class StorageProxy : IAsyncDisposable
{
    // A client of the app resets connections as it dies; to the service each request is one of its own.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    });
    private readonly List<WebApplication> _listeners = [];

    private StorageProxy()
    {
    }

    /// <summary>The emulator's, through here.</summary>
    public string ConnectionString => ConnectionStrings[0];

    /// <summary>One for each sender, by which its requests are told from others'.</summary>
    public IReadOnlyList<string> ConnectionStrings { get; private set; } = [];

    /// <summary>Asked for every request; it must be fast.</summary>
    public Func<StorageRequest, Fault> Choose { get; set; } = _ => Fault.None;

    /// <param name="connection">The emulator's connection string.</param>
    /// <param name="senders">How many instances of the app send their requests through here.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<StorageProxy> StartAsync(
        string connection, int senders = 1, CancellationToken cancellationToken = default)
    {
        var proxy = new StorageProxy();
        var connections = new List<string>();
        for (var sender = 0; sender < senders; sender++)
        {
            var through = connection;
            foreach (Match endpoint in Endpoint().Matches(connection))
            {
                var (service, port) = (endpoint.Groups[1].Value.ToLowerInvariant(), endpoint.Groups[2].Value);
                through = through.Replace(
                    $":{port}/", $":{await proxy.ListenAsync(sender, service, port, cancellationToken)}/", StringComparison.Ordinal);
            }

            connections.Add(through);
        }

        proxy.ConnectionStrings = connections;
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.DisposeAsync();
        _http.Dispose();
    }

    private async Task<int> ListenAsync(int sender, string service, string port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        var listener = builder.Build();
        listener.Run(http => HandleAsync(http, sender, service, port));
        await listener.StartAsync(cancellationToken);
        _listeners.Add(listener);
        return new Uri(listener.Urls.First()).Port;
    }

    private async Task HandleAsync(HttpContext http, int sender, string service, string port)
    {
        try
        {
            var request = await StorageRequest.ReadAsync(http, sender, service);
            await ActAsync(http, request, Choose(request), port);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
        {
            // One of the two ends is dead: the other one sees it as it would without us.
            http.Abort();
        }
    }

    private async Task ActAsync(HttpContext http, StorageRequest request, Fault fault, string port)
    {
        await Task.Delay(fault.Delay, http.RequestAborted);
        if (fault.Kind == FaultKind.Hold)
        {
            fault.Reached();
            await fault.Until.WaitAsync(http.RequestAborted);
        }

        if (fault.Kind == FaultKind.SendLate)
        {
            fault.Reached();
            await fault.Until;
        }

        if (fault.Kind is not (FaultKind.Refuse or FaultKind.Reset or FaultKind.HangBefore))
        {
            if (fault.Kind == FaultKind.Twice) (await SendAsync(request, port)).Dispose();
            using var answer = await SendAsync(request, port);
            if (fault.Kind == FaultKind.SendLate) fault.Answered((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
            if (fault.Kind is FaultKind.None or FaultKind.Twice or FaultKind.Hold or FaultKind.SendLate) await RelayAsync(http, answer);
        }

        switch (fault.Kind)
        {
            case FaultKind.Refuse or FaultKind.BelieAnswer:
                http.Response.StatusCode = fault.Status;
                break;
            case FaultKind.Reset or FaultKind.LoseAnswer:
                http.Abort();
                break;
            case FaultKind.HangBefore or FaultKind.HangAfter:
                fault.Reached();
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                break;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(StorageRequest request, string port)
    {
        using var message = request.ToMessage(port);
        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task RelayAsync(HttpContext http, HttpResponseMessage answer)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")) http.Response.Headers[name] = values.ToArray();
        if (http.Request.Method == "HEAD" || (int)answer.StatusCode is 204 or 304) return;
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    [GeneratedRegex(@"(Blob|Queue|Table)Endpoint=http://[^:;/]+:(\d+)/")]
    private static partial Regex Endpoint();
}
