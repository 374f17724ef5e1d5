using System.Diagnostics;
using Usage.Host.Settings;

namespace Usage.Host.Worker;

/// <summary>By hand: the app as a child process, started again when it ends by itself.</summary>
internal sealed partial class WorkerProcess(WorkerConfig config, WorkerChannel channel, ILogger<WorkerProcess> logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The worker looks for a free port and listens there a moment later: another program may have taken it by then, and it dies of that.
    /// </summary>
    private const int Starts = 3;

    /// <summary>Codes of a process that died of an exception.</summary>
    private const int Aborted = 134;

    private const int AbortedOnWindows = unchecked((int)0xE0434352);

    private readonly CancellationTokenSource _stopping = new();
    private Process? _process;

    /// <summary>Returns when the worker has loaded its functions.</summary>
    /// <param name="messages">Where the host takes the worker's messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HostException">It ended before that.</exception>
    public async Task StartAsync(Uri messages, CancellationToken cancellationToken)
    {
        for (var start = 1; ; start++)
        {
            _process = Launch(messages);
            var ended = _process.WaitForExitAsync(cancellationToken);
            if (await Task.WhenAny(channel.Ready, ended) != ended) break;
            cancellationToken.ThrowIfCancellationRequested();
            if (start == Starts || _process.ExitCode is not (Aborted or AbortedOnWindows))
                throw new HostException(
                    $"The app ended with code {_process.ExitCode} before it had loaded its functions: the lines above say why.");
            Ended(_process.ExitCode, FirstPause);
            channel.Lose();
            _process.Dispose();
            await Task.Delay(FirstPause, cancellationToken);
        }

        await channel.Ready;
        _ = WatchAsync(messages);
    }

    /// <summary>Ends it in order, and by force when it takes longer.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await _stopping.CancelAsync();
        if (_process is null or { HasExited: true }) return;
        channel.Terminate(patience);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends it by force; another one is started.</summary>
    public void Kill()
    {
        if (!_stopping.IsCancellationRequested) _process?.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _process?.Dispose();
    }

    private async Task WatchAsync(Uri messages)
    {
        for (var pause = FirstPause; ;)
        {
            var started = Stopwatch.GetTimestamp();
            await _process!.WaitForExitAsync(CancellationToken.None);
            if (_stopping.IsCancellationRequested) return;
            // One that fails at each start is tried less and less often; one that ran for a while is back at once.
            pause = Stopwatch.GetElapsedTime(started) > LongestPause ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            Ended(_process.ExitCode, pause);
            channel.Lose();
            await Task.Delay(pause, CancellationToken.None);
            if (_stopping.IsCancellationRequested) return;
            _process.Dispose();
            _process = Launch(messages);
        }
    }

    private Process Launch(Uri messages)
    {
        var start = new ProcessStartInfo(
            config.Executable,
            [
                Path.Combine(config.Folder, config.Assembly),
                "--functions-uri", messages.AbsoluteUri,
                "--functions-worker-id", Guid.NewGuid().ToString(),
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", $"{int.MaxValue}",
            ])
        {
            WorkingDirectory = config.Folder,
            RedirectStandardInput = true, // it closes with this process, however that ends; see StartupHook
        };
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = config.Folder;
        start.Environment["DOTNET_STARTUP_HOOKS"] = string.Join(
            Path.PathSeparator,
            new[] { Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS"), typeof(StartupHook).Assembly.Location }
                .Where(hook => !string.IsNullOrEmpty(hook)));
        // The worker chooses a port of its own.
        start.Environment.Remove("ASPNETCORE_URLS");
        var process = Process.Start(start)!;
        Started(process.Id);
        return process;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker process {Id} started")]
    private partial void Started(int id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker process ended with code {Code}; it is started again in {Pause}")]
    private partial void Ended(int code, TimeSpan pause);
}
