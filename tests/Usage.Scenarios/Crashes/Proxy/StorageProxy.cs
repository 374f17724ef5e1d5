using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Usage.Local.Azurite;

namespace Usage.Scenarios.Crashes.Proxy;

/// <summary>Stands between the app and the emulator's three services, and does to each request what it is told.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    // A client of the app resets connections as it dies; to the service each request is one of its own.
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    private readonly List<WebApplication> _listeners = [];

    private StorageProxy()
    {
    }

    public string ConnectionString { get; private set; } = "";

    /// <summary>Asked for every request; it must be fast.</summary>
    public Func<StorageRequest, Fault> Choose { get; set; } = _ => Fault.None;

    public static async Task<StorageProxy> StartAsync(AzuriteProcess azurite)
    {
        var proxy = new StorageProxy { ConnectionString = azurite.ConnectionString };
        foreach (var port in azurite.Ports)
            proxy.ConnectionString = proxy.ConnectionString.Replace(
                $":{port}/", $":{await proxy.ListenAsync(port)}/", StringComparison.Ordinal);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.DisposeAsync();
        _http.Dispose();
    }

    private async Task<int> ListenAsync(int port)
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
        listener.Run(http => HandleAsync(http, port));
        await listener.StartAsync();
        _listeners.Add(listener);
        return new Uri(listener.Urls.First()).Port;
    }

    private async Task HandleAsync(HttpContext http, int port)
    {
        try
        {
            var request = await StorageRequest.ReadAsync(http);
            await ActAsync(http, request, Choose(request), port);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
        {
            // One of the two ends is dead: the other one sees it as it would without us.
            http.Abort();
        }
    }

    private async Task ActAsync(HttpContext http, StorageRequest request, Fault fault, int port)
    {
        await Task.Delay(fault.Delay, http.RequestAborted);
        if (fault.Kind == FaultKind.Hold)
        {
            fault.Reached();
            await fault.Until.WaitAsync(http.RequestAborted);
        }

        if (fault.Kind is not (FaultKind.Refuse or FaultKind.Reset or FaultKind.HangBefore))
        {
            if (fault.Kind == FaultKind.Twice) (await SendAsync(request, port)).Dispose();
            using var answer = await SendAsync(request, port);
            if (fault.Kind is FaultKind.None or FaultKind.Twice or FaultKind.Hold) await RelayAsync(http, answer);
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

    private async Task<HttpResponseMessage> SendAsync(StorageRequest request, int port)
    {
        using var message = request.ToMessage(port);
        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task RelayAsync(HttpContext http, HttpResponseMessage answer)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")) http.Response.Headers[name] = values.ToArray();
        if (http.Request.Method == "HEAD" || (int)answer.StatusCode is 204 or 304) return;
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
