using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using DurableTask.Core;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usage.Local.Azurite;
using Usage.Published.Tests.Host;

[assembly: AssemblyFixture(typeof(PublishedApp))]

namespace Usage.Published.Tests.Host;

/// <summary>
/// The app as published to the folder that <c>USAGE_PUBLISHED</c> names: a process of its own on the official packages, on an emulator, and behind
/// a host of a few pages that says to it what the Functions host would. Its task hub is in memory.
/// </summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private readonly CancellationTokenSource _end = new();
    private AzuriteProcess? _storage;
    private WebApplication? _host;
    private Process? _worker;
    private Task _work = Task.CompletedTask;

    public string Storage => _storage!.ConnectionString;

    public HttpClient Api { get; private set; } = null!;

    internal WorkerLink Link { get; private set; } = null!;

    internal DurableHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = Path.GetFullPath(Environment.GetEnvironmentVariable("USAGE_PUBLISHED")
            ?? throw new InvalidOperationException("USAGE_PUBLISHED names no folder: dotnet publish the app, as .ci/official does, and say where it is."));
        _storage = await AzuriteProcess.StartAsync();
        Link = new WorkerLink(folder);
        _host = Build(Link);
        await _host.StartAsync();
        var addresses = _host.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        var (messages, http) = (new Uri(addresses[0]), new Uri(addresses[1]));
        Link.Client = Client(messages, http);
        _worker = Start(folder, messages);
        await Link.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        Hub = new DurableHub(Link, messages);
        _work = Hub.RunAsync(_end.Token);
        Api = new HttpClient { BaseAddress = new Uri(http, "api/") };
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work.ContinueWith(_ => { }, TaskScheduler.Default);
        _worker?.Kill();
        _worker?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        if (_storage is not null) await _storage.DisposeAsync();
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
        var hub = new InMemoryOrchestrationService(null);
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = options.MaxSendMessageSize = null);
        builder.Services.AddSingleton<IOrchestrationService>(hub).AddSingleton<IOrchestrationServiceClient>(hub).AddSingleton<TaskHubGrpcServer>();
        builder.Services.AddSingleton(link).AddSingleton<IServiceMethodProvider<WorkerLink>, WorkerLink.Service>().AddSingleton<HttpDoor>();
        var host = builder.Build();
        host.MapGrpcService<WorkerLink>();
        host.MapGrpcService<TaskHubGrpcServer>();
        host.MapFallback("{**path}", host.Services.GetRequiredService<HttpDoor>().HandleAsync);
        return host;
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

    private Process Start(string folder, Uri messages) => Process.Start(new ProcessStartInfo("dotnet",
    [
        Path.Combine(folder, "Usage.Functions.dll"), "--functions-uri", messages.AbsoluteUri, "--functions-worker-id", "worker", "--functions-request-id", "request",
        "--functions-grpc-max-message-length", $"{int.MaxValue}",
    ])
    {
        WorkingDirectory = folder,
        Environment =
        {
            ["AzureWebJobsStorage"] = Storage,
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["FUNCTIONS_WORKER_DIRECTORY"] = folder,
            ["FUNCTIONS_APPLICATION_DIRECTORY"] = folder,
        },
    })!;
}
