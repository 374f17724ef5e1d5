using System.Net;
using Azure.Storage.Blobs;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Timers;
using Usage.Host.Blobs;
using Usage.Host.Durable;
using Usage.Host.Functions;
using Usage.Host.Http;
using Usage.Host.Jobs;
using Usage.Host.Settings;
using Usage.Host.Timers;
using Usage.Host.Webhooks;
using Usage.Host.Worker;

namespace Usage.Host;

/// <summary>
/// What the host is made of, and how its parts are wired: web server, worker, and the WebJobs SDK's job host with its extensions.
/// </summary>
internal static class HostServices
{
    private const string AddressSetting = "FUNCTIONS_LOCAL_ADDRESS";

    // What is right on one machine and not in Azure, for which host.json is written.
    private static readonly Dictionary<string, string?> LocalDefaults = new()
    {
        ["AzureWebJobs:extensions:durableTask:storageProvider:type"] = LocalDurabilityFactory.ProviderName,
        ["AzureWebJobs:extensions:durableTask:storageProvider:maxQueuePollingInterval"] = "00:00:02",
        ["AzureWebJobs:extensions:durableTask:useGracefulShutdown"] = "true",
    };

    /// <exception cref="HostException">The folder holds no app that this host can run, or a setting is missing.</exception>
    public static WebApplication Build(HostArguments options)
    {
        var config = WorkerConfig.Read(options.Folder);
        var (hostJson, localSettings) = (HostJson.Read(config.Folder), LocalSettings.Read(config.Folder));
        localSettings.SetEnvironment();
        Environment.SetEnvironmentVariable("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated");
        // The durable extension takes a process with this variable for one on Linux Consumption, and logs in its way.
        Environment.SetEnvironmentVariable("CONTAINER_NAME", null);
        var port = options.Port ?? localSettings.Port;

        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(hostJson.ForWebJobs);
        builder.Configuration.AddInMemoryCollection(LocalDefaults);
        builder.Configuration.AddEnvironmentVariables();
        if (string.IsNullOrEmpty(builder.Configuration["AzureWebJobsStorage"]))
            throw new HostException("The setting AzureWebJobsStorage is missing: it is the storage account's connection string.");
        builder.Logging.ClearProviders().AddConfiguration(hostJson.Logging).AddSimpleConsole(console =>
        {
            (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ ", true);
        });
        foreach (var category in new[] { "Microsoft.AspNetCore", "Grpc", "Yarp", "Microsoft.Hosting" })
            builder.Logging.AddFilter(category, LogLevel.Warning);
        // "There already" and "not there" are answers that the host and its extensions count on.
        builder.Logging.AddFilter("Azure.Core", LogLevel.Error);
        RequireLoopback(builder.Configuration[AddressSetting]);
        ListenOn(builder, port);
        var functions = FunctionDefinition.ReadAll(config.Folder, builder.Configuration);
        AddServices(builder, config, functions, hostJson, new Recovery($"{Environment.MachineName}-{options.Instance ?? $"{port}"}"));

        var server = builder.Build();
        AddHeaders(server, hostJson.CustomHeaders);
        server.MapGrpcService<WorkerChannel>();
        server.Services.GetRequiredService<HttpFunctions>().Map(server, functions, hostJson.RoutePrefix);
        var own = server.MapGroup("").AddEndpointFilter(ProgramsOnly.CheckAsync);
        own.Map("runtime/webhooks/{extension}/{**rest}",
            (HttpContext context, string extension, ExtensionWebhooks webhooks) => webhooks.HandleAsync(context, extension));
        own.MapPost("admin/functions/{name}", AdminFunctions.RunAsync);
        own.MapGet("admin/host/status",
            (HostState state) => new { state = state.IsRunning ? "Running" : "Starting", app = config.Name, mark = options.Mark });
        return server;
    }

    private static void AddHeaders(WebApplication server, IReadOnlyList<KeyValuePair<string, string?>> headers) =>
        server.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                foreach (var (name, value) in headers) context.Response.Headers.TryAdd(name, value);
                return Task.CompletedTask;
            });
            return next(context);
        });

    /// <summary>Where everybody could ask, whoever asks isn't the user of this machine any more.</summary>
    private static void RequireLoopback(string? address)
    {
        if (string.IsNullOrEmpty(address) || address == "localhost") return;
        if (IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip)) return;
        throw new HostException(
            $"The setting {AddressSetting}: found \"{address}\", expected 127.0.0.1 or nothing: this host listens on this machine only. "
            + "Others reach the app in Azure, or by a proxy in front of it that asks for a key.");
    }

    private static void ListenOn(WebApplicationBuilder builder, int port)
    {
        const long LargestBody = 104_857_600; // the Functions host's own default
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, messages => messages.Protocols = HttpProtocols.Http2);
            server.Listen(IPAddress.Loopback, port, requests => requests.Protocols = HttpProtocols.Http1);
            server.Limits.MaxRequestBodySize = builder.Configuration.GetValue("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", LargestBody);
            server.Limits.MinRequestBodyDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    private static void AddServices(
        WebApplicationBuilder builder, WorkerConfig config, IReadOnlyList<FunctionDefinition> functions, HostJson hostJson,
        Recovery recovery)
    {
        var host = HostId.Of(config.Name, builder.Configuration);
        builder.Host.ConfigureWebJobs(jobs =>
        {
            jobs.UseHostId(host.Value);
            jobs.AddAzureStorageCoreServices();
            jobs.AddDurableTask();
            jobs.AddAzureStorageBlobs();
            jobs.AddTimers();
        });
        builder.Services.Configure<JobHostFunctionTimeoutOptions>(
            timeout => (timeout.Timeout, timeout.ThrowOnTimeout) = (hostJson.FunctionTimeout ?? Timeout.InfiniteTimeSpan, true));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = null);
        builder.Services.AddHttpForwarder();
        builder.Services.AddRouting();
        builder.Services
            .AddSingleton(TimeProvider.System).AddSingleton(config).AddSingleton(functions).AddSingleton(host).AddSingleton(recovery)
            .AddSingleton(services => new BlobServiceClient(services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]))
            .AddSingleton<HostState>().AddSingleton<HostAddresses>()
            .AddSingleton(services => new WorkerChannel(config.Folder, functions, services.GetRequiredService<ILoggerFactory>()))
            .AddSingleton<WorkerProcess>()
            .AddSingleton<IServiceMethodProvider<WorkerChannel>, WorkerService>()
            .AddSingleton<FunctionInvoker>()
            .AddSingleton<IWebJobsExceptionHandler, FailureHandler>()
            // Extensions ask for their addresses when the job host is made: not before the server listens.
            .AddSingleton(services => new Lazy<IJobHost>(services.GetRequiredService<IJobHost>))
            .AddSingleton<HttpFunctions>()
            .AddSingleton<BlobEvents>()
            .AddSingleton<ExtensionWebhooks>()
            .AddSingleton<IDurabilityProviderFactory, LocalDurabilityFactory>()
            .AddSingleton<ScheduleMonitor, TimerStatus>()
            .AddSingleton<ITypeLocator>(new FunctionTypes(functions));
#pragma warning disable CS0618
        builder.Services.AddSingleton<IWebHookProvider, WebhookAddresses>();
#pragma warning restore CS0618
        // The job host starts after the worker (RunAsync); the SDK's other services are for scaling.
        foreach (var service in builder.Services.Where(IsOfWebJobs).ToList()) builder.Services.Remove(service);
    }

    private static bool IsOfWebJobs(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Namespace?.StartsWith("Microsoft.Azure.WebJobs", StringComparison.Ordinal) == true;
}
