using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Usage.Local.Host;
using Usage.Testing.Machine;

namespace Usage.Testing.App;

/// <summary>Host and worker as a user's machine runs them; either can be killed, and both be started again on the same storage.</summary>
public sealed class RunningApp : IAsyncDisposable
{
    private const int KeptLines = 400;
    private readonly ConcurrentQueue<string> _said = new();
    private HostProcess _host = null!;

    private RunningApp()
    {
    }

    /// <summary>Of its API.</summary>
    public Uri Url => new(_host.Url, "api/");

    public int HostId => _host.ProcessId;

    /// <summary>The worker, which runs the app itself.</summary>
    public int WorkerId => _host.WorkerId;

    /// <summary>The last lines that it logged, for the message of a failed test.</summary>
    public string Log => string.Join(Environment.NewLine, _said);

    /// <summary>Returns when it is healthy.</summary>
    /// <param name="storage">The storage account's connection string.</param>
    /// <param name="settings">App settings beside the usual.</param>
    /// <param name="instance">Its name among those on one storage.</param>
    /// <param name="measured">It is as users run it, code that is compiled anew once it is hot included.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<RunningApp> StartAsync(
        string storage, IReadOnlyDictionary<string, string>? settings = null, string instance = "test", bool measured = false,
        CancellationToken cancellationToken = default)
    {
        var app = new RunningApp();
        var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>());
        if (!measured) all[ShortLives.Setting] = ShortLives.Value;
        app._host = await HostProcess.StartAsync(
            new HostStart { Storage = storage, Instance = instance, Settings = all, Log = app.Hear }, cancellationToken);
        await app.WaitUntilHealthyAsync(cancellationToken);
        return app;
    }

    /// <summary>After a start, or after its worker was killed.</summary>
    public async Task WaitUntilHealthyAsync(CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient { BaseAddress = Url };
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(25, cancellationToken))
        {
            using var answer = await http.GetAsync("health", cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK) return;
            if (waited.Elapsed > Patience.Long) throw new TimeoutException($"The app still answers {answer.StatusCode}:\n{Log}");
        }
    }

    /// <summary>SIGKILL of the host: nothing is closed, nothing is saved, and its worker ends with it.</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <summary>SIGKILL of the worker alone: its host starts it again.</summary>
    public void KillWorker() => Processes.Kill(WorkerId);

    /// <summary>SIGSTOP of host and worker: it is alive, and does nothing until it goes on.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>In order, for one that goes on with the same storage.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>By force: nobody reads what it would still store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.KillAsync();
        await _host.DisposeAsync();
    }

    private async Task SignalAsync(string signal)
    {
        await Processes.SignalAsync(signal, HostId);
        await Processes.SignalAsync(signal, WorkerId);
    }

    private void Hear(string line)
    {
        _said.Enqueue(line);
        while (_said.Count > KeptLines) _said.TryDequeue(out _);
    }
}
