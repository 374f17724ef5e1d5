using Usage.Local.Machine;

namespace Usage.Local.Host;

/// <summary>
/// Several hosts of the app on one storage and one task hub, each with its worker, behind one address: what a plan that scales out is in
/// Azure. One that ends by itself is started again while the others go on.
/// </summary>
public sealed class Instances : IRunningApp
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HostStart _start;
    private readonly Action<string> _tell;
    private readonly HostProcess?[] _hosts;
    private Task _watching = Task.CompletedTask;
    private FrontEnd? _front;

    private Instances(HostStart start, int count, Action<string> tell) =>
        (_start, _hosts, _tell) = (start, new HostProcess?[count], tell);

    /// <summary>The one address.</summary>
    public Uri Url => _front!.Url;

    /// <summary>Returns when all take requests.</summary>
    /// <param name="start">Of each, but for its name and its port; the port is that of the one address.</param>
    /// <param name="count">How many.</param>
    /// <param name="tell">Hears of an instance that ended.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="LocalException">One of them ended before that.</exception>
    public static async Task<Instances> StartAsync(
        HostStart start, int count, Action<string> tell, CancellationToken cancellationToken)
    {
        var instances = new Instances(start, count, tell);
        try
        {
            // The first makes what all of them share.
            for (var i = 0; i < count; i++) await instances.StartAsync(i, cancellationToken);
            instances._front = await FrontEnd.StartAsync(start.Port, instances.Running, cancellationToken);
        }
        catch
        {
            await instances.DisposeAsync();
            throw;
        }

        instances._watching = Task.WhenAll(Enumerable.Range(0, count).Select(instances.WatchAsync));
        return instances;
    }

    public Task FailAtEndAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        if (_front is not null) await _front.DisposeAsync();
        await Task.WhenAll(_hosts.Select(async host =>
        {
            if (host is not null) await host.DisposeAsync();
        }));
        _stopping.Dispose();
    }

    private List<Uri> Running() => [.. _hosts.OfType<HostProcess>().Where(host => host.IsRunning).Select(host => host.Url)];

    private async Task StartAsync(int index, CancellationToken cancellationToken)
    {
        var name = $"{index + 1}";
        var start = _start with { Port = 0, Instance = name, Log = line => _start.Log($"[{name}] {line}") };
        _hosts[index] = await HostProcess.StartAsync(start, cancellationToken);
    }

    private async Task WatchAsync(int index)
    {
        try
        {
            while (true)
            {
                var ended = _hosts[index]!;
                var code = await ended.EndedAsync(_stopping.Token);
                _tell($"Instance {index + 1} ended with code {code} and is started again …");
                await RestartAsync(index);
                await ended.DisposeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // It is to end.
        }
    }

    private async Task RestartAsync(int index)
    {
        while (true)
        {
            try
            {
                await StartAsync(index, _stopping.Token);
                return;
            }
            catch (LocalException problem)
            {
                _tell($"Instance {index + 1} doesn't start: {problem.Message}");
                await Task.Delay(Pause, _stopping.Token);
            }
        }
    }
}
