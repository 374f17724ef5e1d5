using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Listens first and triggers then, so that a port in use stops everything before anything runs; stops the other way round.</summary>
internal sealed partial class LocalHost(
    WebApplication web, HostSettings settings, ReadyGate ready, ITriggerListener durable, IReadOnlyList<ITriggerListener> triggers)
    : IHost, IAsyncDisposable
{
    private readonly ILogger logger = web.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Host.Startup");
    private FileStream? dataLock;

    public IServiceProvider Services => web.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await ListenAsync(cancellationToken);
            dataLock = DataFolder.Lock(settings.DataFolder);
            await durable.StartAsync(cancellationToken);
            foreach (var trigger in triggers) await trigger.StartAsync(cancellationToken);
        }
        catch (StartupException e)
        {
            e.EndProcess();
        }
        catch (OptionsValidationException e)
        {
            new StartupException($"The app's settings are not right: {e.Message}").EndProcess();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            new StartupException($"The app can't start on the data folder {settings.DataFolder}: {e.Message}").EndProcess();
        }

        ready.Open();
        ParentWatch.Start(web.Lifetime);
        Console.WriteLine($"Functions host listening on {settings.Address.BaseUrl(new Uri(web.Urls.First()).Port)}");
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        var patience = web.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            // Triggers give no new work; requests under way finish and may still ask the durable runtime.
            var stopping = Task.WhenAll(triggers.Select(t => t.StopAsync(deadline.Token)));
            await web.StopAsync(deadline.Token);
            await stopping;
            await durable.StopAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            LogCutShort(patience.TotalSeconds);
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)web).DisposeAsync();
        if (dataLock is not null) await dataLock.DisposeAsync();
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        try
        {
            await web.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartupException(
                $"Port {settings.Address.Port} of {settings.Address.Address} is in use: stop what listens there, or choose another with --port N.");
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new StartupException($"Can't listen on {settings.Address.Address}, port {settings.Address.Port}: {e.Message}.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What still ran after {Seconds} s was cut short; triggers and orchestrations go on at the next start")]
    private partial void LogCutShort(double seconds);
}
