using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Usage.Local.Host;

/// <summary>The local host (Usage.Host) as a process of its own, which runs the built app as its worker process.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    // 1 GiB and the request around it; the app itself enforces the limit of a file.
    private const long LargestBody = (1L << 30) + (1 << 20);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly Action<string> _log;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    private HostProcess(Process process, Action<string> log)
    {
        (_process, _log) = (process, log);
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int ProcessId => _process.Id;

    /// <summary>The worker's that was started last.</summary>
    public int WorkerId { get; private set; }

    public Uri Url => _listening.Task.Result;

    public string? LastLine { get; private set; }

    /// <summary>Returns when it takes requests.</summary>
    /// <exception cref="LocalException">It ended before that.</exception>
    public static async Task<HostProcess> StartAsync(HostStart start, CancellationToken cancellationToken = default)
    {
        var host = new HostProcess(Process.Start(Command(start))!, start.Log);
        try
        {
            var ended = host._process.WaitForExitAsync(cancellationToken);
            if (await Task.WhenAny(host._listening.Task, ended) == ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await host._reading;
                throw new LocalException(
                    $"The app can't start: {host.LastLine ?? $"its host ended with code {host._process.ExitCode} and said nothing"}");
            }

            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes with its exit code when it has ended.</summary>
    public async Task<int> EndedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it in order: it stops taking work, lets what runs end, and ends the worker before itself.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        try
        {
            await _process.StandardInput.WriteLineAsync("stop");
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It ended meanwhile.
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>As the system's out-of-memory killer would: nothing is closed, nothing is saved; its worker ends with it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await StopAsync();
        await _reading;
        _process.Dispose();
    }

    private static ProcessStartInfo Command(HostStart start)
    {
        List<string> arguments = ["exec", BuiltProject.Assembly("Usage.Host"), start.App, "--port", $"{start.Port}", "--child"];
        if (start.Instance is { } instance) arguments.AddRange(["--instance", instance]);
        var command = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        command.Environment["AzureWebJobsStorage"] = start.Storage;
        command.Environment["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = $"{LargestBody}";
        // It listens on this machine only, so whoever asks is its user; tests of keys say otherwise.
        command.Environment.TryAdd("Usage__Access__Local", "true");
        foreach (var (name, value) in start.Settings) command.Environment[name] = value;
        return command;
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line)) LastLine = line.Trim();
            if (Worker().Match(line) is { Success: true } worker)
                WorkerId = int.Parse(worker.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            if (Listening().Match(line) is { Success: true } found) _listening.TrySetResult(new Uri(found.Groups[1].Value));
            _log(line);
        }
    }

    [GeneratedRegex(@"^Functions host listening on (\S+)$")]
    private static partial Regex Listening();

    [GeneratedRegex(@"Worker process (\d+) started$")]
    private static partial Regex Worker();
}
