using System.Collections.Concurrent;
using System.Diagnostics;
using Usage.Local.Host;

namespace Usage.Scenarios.App;

/// <summary>Host and worker as a user's machine runs them; either can be killed, and both be started again on the same storage.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private const int KeptLines = 400;
    private readonly ConcurrentQueue<string> _said = new();
    private HostProcess _host = null!;

    private RunningApp()
    {
    }

    public Uri Url => new(_host.Url, "api/");

    /// <summary>The last lines that it logged, for the message of a failed test.</summary>
    public string Log => string.Join(Environment.NewLine, _said);

    public static async Task<RunningApp> StartAsync(string storage, IReadOnlyDictionary<string, string> settings)
    {
        var app = new RunningApp();
        // Short lives: code that is compiled anew once it is hot would pay off after their end.
        settings = new Dictionary<string, string>(settings) { ["DOTNET_TC_CallCountThreshold"] = "300" };
        app._host = await HostProcess.StartAsync(
            new HostStart { Storage = storage, Instance = "test", Settings = settings, Log = app.Hear });
        await app.WaitUntilHealthyAsync();
        return app;
    }

    /// <summary>After a start, or after its worker was killed.</summary>
    public async Task WaitUntilHealthyAsync()
    {
        using var client = new HttpClient { BaseAddress = Url };
        await Api.UntilAsync(async () => (await client.GetAsync("health")).StatusCode, status => status == System.Net.HttpStatusCode.OK);
    }

    /// <summary>SIGKILL of the host: nothing is closed, nothing is saved, and its worker ends with it.</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <summary>SIGKILL of the worker alone: its host starts it again.</summary>
    public void KillWorker()
    {
        using var worker = Process.GetProcessById(_host.WorkerId);
        worker.Kill();
    }

    /// <summary>By force: nobody reads what it would still store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.KillAsync();
        await _host.DisposeAsync();
    }

    private void Hear(string line)
    {
        _said.Enqueue(line);
        while (_said.Count > KeptLines) _said.TryDequeue(out _);
    }
}
