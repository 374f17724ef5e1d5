using System.Diagnostics;
using Usage.Local.Host;
using Usage.Local.Machine;
using Usage.Testing.Machine;

namespace Usage.Host.Tests;

/// <summary>The sample app behind the host, as processes; started again, it has the same name and journal.</summary>
public sealed class HostApp(string storage) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("usage-host-").FullName;
    private readonly Dictionary<string, string> _settings = new() { ["Every"] = "0 0 0 1 1 *" };
    private readonly List<string> _said = [];

    public static string AppFolder => Path.Combine(
        RepositoryRoot.Find(), "tests", "Usage.Host.Tests.App", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    public HttpClient Http { get; private set; } = new();

    public HostProcess Process { get; private set; } = null!;

    public bool IsRunning { get; private set; }

    public string Log
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    public string[] Lines => File.Exists(Journal) ? File.ReadAllLines(Journal) : [];

    private string Journal => Path.Combine(_folder, "journal");

    public HostApp With(string setting, string value)
    {
        _settings[setting] = value;
        return this;
    }

    public async Task<HostApp> StartAsync()
    {
        Process = await HostProcess.StartAsync(new HostStart
        {
            Storage = storage,
            App = AppFolder,
            Instance = "test",
            Settings = new Dictionary<string, string>(_settings) { ["Journal"] = Journal, [ShortLives.Setting] = ShortLives.Value },
            Log = Hear,
        });
        Http = new HttpClient { BaseAddress = new Uri(Process.Url, "test/api/"), Timeout = Patience.Long };
        IsRunning = true;
        return this;
    }

    public async Task KillAsync()
    {
        await Process.KillAsync();
        await CloseAsync();
    }

    public async Task StopAsync()
    {
        await Process.StopAsync();
        await CloseAsync();
    }

    public void KillWorker() => Processes.Kill(Process.WorkerId);

    public int Count(string start) => Lines.Count(line => line.StartsWith(start, StringComparison.Ordinal));

    public void Open(string gate) => File.WriteAllText($"{Journal}.{gate}", "");

    public Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience.Long, $"{string.Join('\n', Lines)}\n{Log}");
            await Task.Delay(25);
        }
    }

    public async Task PostAsync(string path)
    {
        using var answer = await Http.PostAsync(path, null);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}\n{Log}");
    }

    /// <returns>Status and output of an orchestration that has ended, and why it failed.</returns>
    public async Task<string> EndOfAsync(string instance)
    {
        var last = "";
        await UntilAsync(async () =>
        {
            using var answer = await Http.GetAsync($"look/{instance}");
            last = await answer.Content.ReadAsStringAsync();
            return last.StartsWith("Completed", StringComparison.Ordinal) || last.StartsWith("Failed", StringComparison.Ordinal);
        });
        return last;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task CloseAsync()
    {
        IsRunning = false;
        if (Process is not null) await Process.DisposeAsync();
        Http.Dispose();
    }

    private void Hear(string line)
    {
        lock (_said) _said.Add(line);
    }
}
