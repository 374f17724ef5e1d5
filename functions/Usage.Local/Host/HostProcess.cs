using System.Diagnostics;
using System.Text.RegularExpressions;
using Usage.Local.Machine;

namespace Usage.Local.Host;

/// <summary>The local host (Usage.Host) as a process of its own, which runs the built app as its worker process.</summary>
public sealed partial class HostProcess : IRunningApp
{
    // 1 GiB and the request around it; the app itself enforces the limit of a file.
    private const long LargestBody = (1L << 30) + (1 << 20);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly Action<string> _log;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _complaints = [];
    private bool _disposed;

    private HostProcess(Process process, Action<string> log)
    {
        (_process, _log) = (process, log);
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _ => { }), ReadAsync(process.StandardError, Note));
    }

    public int ProcessId => _process.Id;

    /// <summary>The worker's that was started last.</summary>
    public int WorkerId { get; private set; }

    public Uri Url => _listening.Task.Result;

    public string? LastLine { get; private set; }

    public bool IsRunning => !_reading.IsCompleted;

    /// <summary>Returns when it takes requests.</summary>
    /// <exception cref="LocalException">It ended before that.</exception>
    public static async Task<HostProcess> StartAsync(HostStart start, CancellationToken cancellationToken = default)
    {
        var mark = Guid.NewGuid().ToString("N");
        var host = new HostProcess(Process.Start(Command(start, mark))!, start.Log);
        try
        {
            var ended = host._process.WaitForExitAsync(cancellationToken);
            if (await Task.WhenAny(host._listening.Task, ended) == ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await host._reading;
                throw new LocalException($"The app can't start: {host.Complaint()}");
            }

            if (await HostStatus.FindAsync(host.Url, cancellationToken) is not { } status || status.Mark != mark)
                throw new LocalException(
                    $"Another program answers on {host.Url} instead of the app: stop it, or choose another port with --port.");
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

    public async Task FailAtEndAsync(CancellationToken cancellationToken)
    {
        var code = await EndedAsync(cancellationToken);
        throw new LocalException(
            $"The host of the app ended with code {code}: {LastLine ?? "it said nothing"} (see app.log in the data folder). "
            + "Start it again: what was under way goes on.");
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

    private static ProcessStartInfo Command(HostStart start, string mark)
    {
        List<string> arguments =
            ["exec", BuiltProject.Assembly("Usage.Host"), start.App, "--port", $"{start.Port}", "--child", "--mark", mark];
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

    private async Task ReadAsync(StreamReader from, Action<string> note)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line)) LastLine = line.Trim();
            if (Worker().Match(line) is { Success: true } worker)
                WorkerId = int.Parse(worker.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            if (Listening().Match(line) is { Success: true } found) _listening.TrySetResult(new Uri(found.Groups[1].Value));
            note(line);
            _log(line);
        }
    }

    // What went wrong is said on the standard error, by the app before its host; traces of the code tell a user nothing.
    private void Note(string line)
    {
        if (_complaints.Count < 20 && !string.IsNullOrWhiteSpace(line) && !line.StartsWith("   at ", StringComparison.Ordinal))
            _complaints.Add(line.Trim());
    }

    private string Complaint() => _complaints.Count > 0
        ? string.Join(Environment.NewLine, _complaints)
        : LastLine ?? $"its host ended with code {_process.ExitCode} and said nothing";

    [GeneratedRegex(@"^Functions host listening on (\S+)$")]
    private static partial Regex Listening();

    [GeneratedRegex(@"Worker process (\d+) started$")]
    private static partial Regex Worker();
}
