using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using DurableTask.Core;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Usage.Published.Host;

/// <summary>
/// A host of a few pages that says to a published app, a process of its own on the official packages, what the Functions host would.
/// Its task hub is in memory and ends with it.
/// </summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly WebApplication _server;
    private readonly Process _worker;
    private readonly Task _work;

    private FunctionsHost(WebApplication server, Process worker, WorkerLink link, DurableHub hub, Uri url)
    {
        (_server, _worker, Link, Hub, Url) = (server, worker, link, hub, url);
        _work = hub.RunAsync(_end.Token);
    }

    public Uri Url { get; }

    public WorkerLink Link { get; }

    public DurableHub Hub { get; }

    /// <param name="folder">What <c>dotnet publish</c> wrote.</param>
    /// <param name="settings">App settings beside this process's own.</param>
    public static async Task<FunctionsHost> StartAsync(string folder, IReadOnlyDictionary<string, string> settings)
    {
        var link = new WorkerLink(Path.GetFullPath(folder));
        var server = Build(link);
        await server.StartAsync();
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        var (messages, http) = (new Uri(addresses[0]), new Uri(addresses[1]));
        link.Client = Client(messages, http);
        var worker = StartWorker(Path.GetFullPath(folder), messages, settings);
        await link.Ready.WaitAsync(TimeSpan.FromMinutes(1));
        return new FunctionsHost(server, worker, link, new DurableHub(link, messages), http);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work.ContinueWith(_ => { }, TaskScheduler.Default);
        _worker.Kill();
        _worker.Dispose();
        await _server.DisposeAsync();
        _end.Dispose();
    }

    private static WebApplication Build(WorkerLink link)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, messages => messages.Protocols = HttpProtocols.Http2);
            server.Listen(IPAddress.Loopback, 0);
            server.Limits.MaxRequestBodySize = null;
        });
        var hub = new TaskHub();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = options.MaxSendMessageSize = null);
        builder.Services.AddSingleton<IOrchestrationService>(hub).AddSingleton<IOrchestrationServiceClient>(hub).AddSingleton<TaskHubGrpcServer>();
        builder.Services.AddSingleton(link).AddSingleton<IServiceMethodProvider<WorkerLink>, WorkerLink.Service>().AddSingleton<HttpDoor>();
        var server = builder.Build();
        server.MapGrpcService<WorkerLink>();
        server.MapGrpcService<TaskHubGrpcServer>();
        server.MapFallback("{**path}", server.Services.GetRequiredService<HttpDoor>().HandleAsync);
        return server;
    }

    // What the durable extension tells a client in the worker.
    private static string Client(Uri messages, Uri http) => new JsonObject
    {
        ["rpcBaseUrl"] = messages.AbsoluteUri,
        ["taskHubName"] = "UsageHub",
        ["connectionName"] = "Storage",
        ["requiredQueryStringParameters"] = "code=key",
        ["httpBaseUrl"] = new Uri(http, "runtime/webhooks/durabletask").AbsoluteUri,
        ["maxGrpcMessageSizeInBytes"] = int.MaxValue,
        ["grpcHttpClientTimeout"] = "\"00:01:40\"",
    }.ToJsonString();

    private static Process StartWorker(string folder, Uri messages, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(folder, "Usage.Functions.dll"), "--functions-uri", messages.AbsoluteUri, "--functions-worker-id", "worker",
            "--functions-request-id", "request", "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ])
        {
            WorkingDirectory = folder,
        };
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
