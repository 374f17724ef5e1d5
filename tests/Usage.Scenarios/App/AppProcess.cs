using System.Collections.Concurrent;
using System.Diagnostics;
using Usage.Local;

namespace Usage.Scenarios.App;

/// <summary>The function app as a real process, which can be killed and started again on the same data.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url => _listening.Task.Result;

    /// <summary>What it logged, for the message of a failed test.</summary>
    public string Log => string.Join(Environment.NewLine, _said);

    public static async Task<AppProcess> StartAsync(string storage, string data, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", Command())
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["AzureWebJobsScriptRoot"] = RepositoryRoot.Find();
        // Any free port, told when it listens: one that was looked for before may be taken meanwhile.
        start.Environment["FUNCTIONS_LOCAL_PORT"] = "0";
        start.Environment["FUNCTIONS_LOCAL_DATA"] = data;
        start.Environment["FUNCTIONS_LOCAL_END_WITH_INPUT"] = "1";
        start.Environment["FUNCTIONS_LOCAL_BLOB_SCAN_MS"] = "200";
        start.Environment["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = $"{1L << 30}";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var app = new AppProcess(Process.Start(start)!);
        await app.WaitUntilHealthyAsync();
        return app;
    }

    /// <summary>As a crash would: nothing is closed, nothing is saved.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // USAGE_PUBLISHED is a folder with a published app: it runs on the official packages then, behind the host of tests/Usage.Published.Host
    // (whose place USAGE_PUBLISHED_HOST tells), which forgets what it did when it is killed.
    private static string[] Command() => Environment.GetEnvironmentVariable("USAGE_PUBLISHED") is { Length: > 0 } folder
        ? ["exec", Environment.GetEnvironmentVariable("USAGE_PUBLISHED_HOST")!, folder]
        : ["exec", Path.Combine(AppContext.BaseDirectory, "Usage.Functions.dll")];

    private async Task WaitUntilHealthyAsync()
    {
        if (await Task.WhenAny(_listening.Task, _process.WaitForExitAsync()) != _listening.Task)
            throw new InvalidOperationException($"The app ended with code {_process.ExitCode}: {Log}");
        using var client = new HttpClient { BaseAddress = Url };
        while (true)
        {
            using (var answer = await client.GetAsync("health"))
                if (answer.IsSuccessStatusCode) return;
            await Task.Delay(50);
        }
    }

    private void Hear(string? line)
    {
        const string Ready = "Functions host listening on ";
        if (line is null) return;
        if (line.StartsWith(Ready, StringComparison.Ordinal)) _listening.TrySetResult(new Uri($"{line[Ready.Length..].Trim()}/api/"));
        _said.Enqueue(line);
        while (_said.Count > 400) _said.TryDequeue(out _);
    }
}
