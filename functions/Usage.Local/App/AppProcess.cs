using System.Diagnostics;

namespace Usage.Local.App;

/// <summary>The function app as a process of its own, on this machine's storage emulator.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task logging;
    private readonly TailedLog log;

    private AppProcess(Process process, Uri url, TailedLog log)
    {
        (this.process, Url, this.log) = (process, url, log);
        logging = Task.WhenAll(log.CopyAsync(process.StandardOutput), log.CopyAsync(process.StandardError));
    }

    public Uri Url { get; }

    public int ProcessId => process.Id;

    public static Task<AppProcess> StartAsync(int port, string storage, DataFolder data, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Usage.Functions.dll")])
        {
            WorkingDirectory = RepositoryRoot.Find(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings(port, storage, data)) start.Environment[name] = value;
        var log = new TailedLog(data.AppLog);
        return Task.FromResult(new AppProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/"), log));
    }

    /// <exception cref="LocalException">The app ended before it was ready.</exception>
    public async Task WaitUntilHealthyAsync(UsageApi api, CancellationToken cancel)
    {
        while (!await api.IsHealthyAsync(cancel))
        {
            if (process.HasExited) throw await FailedAsync();
            await Task.Delay(100, cancel);
        }
    }

    /// <summary>Ends with an exception when the app ends by itself, or with the token.</summary>
    public async Task Ended(CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        throw await FailedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // The app ends in order when its standard input closes, wherever it runs.
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        await logging;
        await log.DisposeAsync();
        process.Dispose();
    }

    private async Task<LocalException> FailedAsync()
    {
        await logging;
        return new LocalException($"The app ended with code {process.ExitCode}: {log.LastLine ?? "it said nothing"} (see app.log in the data folder).");
    }

    private static Dictionary<string, string> Settings(int port, string storage, DataFolder data) => new()
    {
        ["AzureWebJobsStorage"] = storage,
        ["AzureWebJobsScriptRoot"] = RepositoryRoot.Find(),
        ["FUNCTIONS_LOCAL_PORT"] = $"{port}",
        ["FUNCTIONS_LOCAL_DATA"] = data.Host,
        ["FUNCTIONS_LOCAL_END_WITH_INPUT"] = "1",
        // 1 GiB and the request around it; the app itself enforces the file's limit.
        ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = $"{(1L << 30) + (1 << 20)}",
        ["Usage__Pulls__AllowedHosts"] = "127.0.0.1,localhost",
    };
}
