using Microsoft.Azure.WebJobs;
using Usage.Host.Blobs;
using Usage.Host.Http;
using Usage.Host.Settings;
using Usage.Host.Worker;

namespace Usage.Host;

/// <summary>The host as a whole: web server, worker, and the WebJobs SDK's job host with its extensions.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    /// <summary>How long work that is under way may go on when the host is stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _server;

    private LocalHost(WebApplication server) => _server = server;

    /// <exception cref="HostException">The folder holds no app that this host can run, or a setting is missing.</exception>
    public static LocalHost Build(HostArguments options) => new(HostServices.Build(options));

    /// <summary>Runs until the token is cancelled, then ends in order.</summary>
    public async Task RunAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var (services, state) = (_server.Services, _server.Services.GetRequiredService<HostState>());
        await StartServerAsync(cancellationToken);
        var addresses = services.GetRequiredService<HostAddresses>();
        var worker = services.GetRequiredService<WorkerProcess>();
        using var events = new CancellationTokenSource();
        try
        {
            await worker.StartAsync(addresses.Messages, cancellationToken);
            // After the worker: a timer that missed its time is called while the job host starts, and waits for the worker.
            await services.GetRequiredService<IJobHost>().StartAsync(cancellationToken);
            state.IsRunning = true;
            var watching = services.GetRequiredService<BlobEvents>().RunAsync(events.Token);
            say($"Functions host listening on {addresses.Public.AbsoluteUri.TrimEnd('/')}");
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            state.IsRunning = false;
            await events.CancelAsync();
            await watching;
            await LetWorkEndAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while it started.
        }
        finally
        {
            await worker.StopAsync(LastPatience);
        }
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAny(Task.Run(async () => await _server.DisposeAsync()), Task.Delay(LastPatience));

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new HostException($"{taken.Message} Stop what listens there, or choose another port with --port.");
        }
    }

    // No new work is taken from here on; what runs may end, and its results are stored. Without storage they never end.
    private async Task LetWorkEndAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        var channel = _server.Services.GetRequiredService<WorkerChannel>();
        // On a thread of its own: parts of it block.
        await Task.WhenAny(Task.Run(() => _server.Services.GetRequiredService<IJobHost>().StopAsync()), Task.Delay(Patience));
        while (channel.Running > 0 && TimeProvider.System.GetElapsedTime(started) < Patience) await Task.Delay(50);
    }
}
