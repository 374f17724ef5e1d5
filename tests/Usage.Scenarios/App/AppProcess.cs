using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Usage.Local;

namespace Usage.Scenarios.App;

/// <summary>The function app as a real process, which can be killed and started again on the same data.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private AppProcess(Process process, Uri url)
    {
        (_process, Url) = (process, url);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    /// <summary>What it logged, for the message of a failed test.</summary>
    public string Log => string.Join(Environment.NewLine, _said);

    public static async Task<AppProcess> StartAsync(string storage, string data, IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Usage.Functions.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["AzureWebJobsScriptRoot"] = RepositoryRoot.Find();
        start.Environment["FUNCTIONS_LOCAL_PORT"] = $"{port}";
        start.Environment["FUNCTIONS_LOCAL_DATA"] = data;
        start.Environment["FUNCTIONS_LOCAL_END_WITH_INPUT"] = "1";
        start.Environment["FUNCTIONS_LOCAL_BLOB_SCAN_MS"] = "200";
        start.Environment["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = $"{1L << 30}";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var app = new AppProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/api/"));
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

    private async Task WaitUntilHealthyAsync()
    {
        using var client = new HttpClient { BaseAddress = Url };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("health");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not listening yet.
            }
            catch (HttpRequestException)
            {
                throw new InvalidOperationException($"The app ended with code {_process.ExitCode}: {Log}");
            }

            await Task.Delay(50);
        }
    }

    private void Hear(string? line)
    {
        if (line is not null) _said.Enqueue(line);
        while (_said.Count > 400) _said.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
