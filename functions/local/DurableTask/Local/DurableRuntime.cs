using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// Durable orchestrations for one process. Each step is on disk before anything acts on it; a process that was killed goes
/// on where it was when the next one starts on the same directory.
/// </summary>
internal sealed class DurableRuntime : IAsyncDisposable
{
    private readonly Dictionary<TaskName, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = [];
    private readonly Dictionary<TaskName, Func<LocalActivity, CancellationToken, Task<object?>>> _activities = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _endOfGrace = new();
    private readonly DurableRuntimeOptions _options;
    private readonly ILoggerFactory _loggers;
    private Task _turnWorkers = Task.CompletedTask;
    private Task _activityWorkers = Task.CompletedTask;
    private Engine? _engine;

    public DurableRuntime(DurableRuntimeOptions options, ILoggerFactory loggers)
    {
        _options = options;
        _loggers = loggers;
        Client = new LocalClient(this);
    }

    /// <summary>Can be handed out before the start; it answers between start and stop.</summary>
    public DurableTaskClient Client { get; }

    internal DurableRuntimeOptions Options => _options;

    /// <exception cref="InvalidOperationException">It is not running.</exception>
    internal Engine Engine => _engine ?? throw new InvalidOperationException(
        $"The durable runtime on '{_options.Directory}' is not running: start it first.");

    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run) => _orchestrators.Add(name, run);

    public void AddActivity(string name, Func<LocalActivity, CancellationToken, Task<object?>> run) => _activities.Add(name, run);

    /// <summary>Loads what is on disk and goes on with it. All orchestrators and activities must have been added.</summary>
    /// <exception cref="InvalidOperationException">Another process holds the directory.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var engine = await Task.Run(() => new Engine(_options, _loggers), cancellation);
        var turns = new TurnRunner(engine, _orchestrators);
        var activities = new ActivityRunner(engine, _activities, _endOfGrace.Token);
        _engine = engine;
        engine.TakeUp();
        _turnWorkers = Workers(_options.MaxConcurrentOrchestrators, () => engine.Turns.WorkAsync(turns.Run, _stopping.Token));
        _activityWorkers = Workers(_options.MaxConcurrentActivities, () => engine.Activities.WorkAsync(activities.RunAsync, _stopping.Token));
    }

    /// <summary>
    /// Begins nothing new and lets activities that run finish for the grace period; after it their token is cancelled, and
    /// what does not end runs again next time.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_engine is null)
        {
            return;
        }

        await _stopping.CancelAsync();
        await EndedWithinAsync(_activityWorkers, _options.ShutdownGrace, cancellation);
        await _endOfGrace.CancelAsync();
        await EndedWithinAsync(_activityWorkers, TimeSpan.FromSeconds(1), cancellation);
        await _turnWorkers;
        _engine.Dispose();
        _engine = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
        _endOfGrace.Dispose();
    }

    /// <summary>Bytes and events of an instance's history, of its present execution; null when there is no such instance.</summary>
    internal HistorySize? GetHistorySize(string instanceId)
    {
        if (Engine.Store.Find(instanceId) is { } live)
        {
            lock (live.Sync)
            {
                return new(live.Log.Length, live.Execution.Events);
            }
        }

        return Engine.Store.Load(instanceId) is var (bytes, execution) ? new(bytes, execution.Events) : null;
    }

    private static Task Workers(int count, Func<Task> work)
        => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(work)));

    private static async Task EndedWithinAsync(Task work, TimeSpan time, CancellationToken cancellation)
    {
        // The wall clock, whatever clock the orchestrations go by: a stop must end.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(work, Task.Delay(time, end.Token));
        await end.CancelAsync();
    }
}

/// <summary>How large a history is.</summary>
internal readonly record struct HistorySize(long Bytes, int Events);
