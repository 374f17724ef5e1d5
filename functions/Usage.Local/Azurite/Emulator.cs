using Usage.Local.Machine;

namespace Usage.Local.Azurite;

/// <summary>An emulator on a folder that is started again, on the same ports, when it ends by itself.</summary>
public sealed class Emulator : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly string _folder;
    private readonly Action<string> _tell;
    private AzuriteProcess _process;
    private Task _watching = Task.CompletedTask;

    private Emulator(string folder, Action<string> tell, AzuriteProcess process) => (_folder, _tell, _process) = (folder, tell, process);

    public string ConnectionString => _process.ConnectionString;

    /// <exception cref="LocalException">It can't be installed or doesn't start.</exception>
    public static async Task<Emulator> StartAsync(string folder, Action<string> tell, CancellationToken cancellationToken)
    {
        var emulator = new Emulator(
            folder, tell, await AzuriteProcess.StartAsync(folder, tell: tell, cancellationToken: cancellationToken));
        emulator._watching = emulator.WatchAsync();
        return emulator;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        await _process.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                var code = await _process.EndedAsync(_stopping.Token);
                _tell($"Storage ended with code {code} and is started again …");
                await RestartAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // It is to end.
        }
    }

    private async Task RestartAsync()
    {
        while (true)
        {
            try
            {
                var before = _process;
                _process = await AzuriteProcess.StartAsync(_folder, before.Ports, _tell, cancellationToken: _stopping.Token);
                await before.DisposeAsync();
                return;
            }
            catch (LocalException problem)
            {
                _tell($"Storage doesn't start: {problem.Message}");
                await Task.Delay(Pause, _stopping.Token);
            }
        }
    }
}
