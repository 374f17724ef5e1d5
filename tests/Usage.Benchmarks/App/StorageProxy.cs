using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Usage.Benchmarks.Tables;

namespace Usage.Benchmarks.App;

/// <summary>Stands between the app and the emulator, counts requests, and keeps the transactions that write snapshots.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private static readonly string[] Services = ["Blob", "Table"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private readonly List<WebApplication> _listeners = [];
    private readonly ConcurrentQueue<Transaction> _snapshots = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    private StorageProxy(string connection) => ConnectionString = connection;

    /// <summary>The emulator's, through here.</summary>
    public string ConnectionString { get; private set; }

    public IReadOnlyList<Transaction> SnapshotTransactions => [.. _snapshots];

    public static async Task<StorageProxy> StartAsync(string connection, CancellationToken cancel)
    {
        var proxy = new StorageProxy(connection);
        foreach (var service in Services) await proxy.ListenAsync(service, cancel);
        return proxy;
    }

    /// <summary>What was asked since the last time, as in <c>table POST $batch</c>.</summary>
    public IReadOnlyDictionary<string, int> TakeCounts()
    {
        var taken = new Dictionary<string, int>(_counts);
        _counts.Clear();
        return taken;
    }

    public void ForgetTransactions() => _snapshots.Clear();

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.DisposeAsync();
        _http.Dispose();
    }

    private async Task ListenAsync(string service, CancellationToken cancel)
    {
        var found = ConnectionString.Split(';').Single(part => part.StartsWith($"{service}Endpoint=", StringComparison.Ordinal));
        var target = new Uri(found[(found.IndexOf('=') + 1)..]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        var listener = builder.Build();
        listener.Run(context => ForwardAsync(context, target, service.ToLowerInvariant()));
        await listener.StartAsync(cancel);
        _listeners.Add(listener);
        var here = new Uri(listener.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First());
        ConnectionString = ConnectionString.Replace(
            found, $"{service}Endpoint=http://127.0.0.1:{here.Port}{target.AbsolutePath}", StringComparison.Ordinal);
    }

    private async Task ForwardAsync(HttpContext context, Uri target, string service)
    {
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Note(context.Request, service, path, body);
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri($"{target.GetLeftPart(UriPartial.Authority)}{path}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        body.Position = 0;
        if (body.Length > 0 || context.Request.ContentLength is not null) request.Content = new StreamContent(body);
        foreach (var (name, value) in context.Request.Headers)
            if (name is not ("Host" or "Connection" or "Transfer-Encoding")
                && !request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")) context.Response.Headers[name] = value.ToArray();
        if (context.Response.StatusCode is not (204 or 304) && context.Request.Method != "HEAD")
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private void Note(HttpRequest request, string service, string path, MemoryStream body)
    {
        var (folder, snapshots) = (Folder(path), false);
        if (folder == "$batch")
        {
            snapshots = body.GetBuffer().AsSpan(0, (int)Math.Min(body.Length, 1_000)).IndexOf("/snapshots("u8) >= 0;
            if (snapshots) _snapshots.Enqueue(new Transaction(body.ToArray(), request.ContentType!));
        }

        // The trigger looks for new files all the time, whether there is an import or not.
        if (request.Query["comp"] == "list") return;
        _counts.AddOrUpdate(snapshots ? "table snapshots" : $"{service} {request.Method} {folder}", 1, (_, count) => count + 1);
    }

    private static string Folder(string path)
    {
        var name = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).FirstOrDefault() ?? "";
        return name.Split('(')[0];
    }
}
