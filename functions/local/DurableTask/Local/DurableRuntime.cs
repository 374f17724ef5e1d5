using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>Durable orchestrations for one process: histories on disk, replay, activities at least once.</summary>
internal sealed class DurableRuntime : IAsyncDisposable
{
    private readonly Dictionary<TaskName, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = [];
    private readonly Dictionary<TaskName, Func<LocalActivity, CancellationToken, Task<object?>>> _activities = [];
    private readonly DurableRuntimeOptions _options;
    private readonly ILoggerFactory _loggers;
    private DurableTaskClient? _client;

    public DurableRuntime(DurableRuntimeOptions options, ILoggerFactory loggers)
    {
        _options = options;
        _loggers = loggers;
    }

    public DurableTaskClient Client => _client ?? throw new InvalidOperationException(
        $"The durable runtime on {_options.Directory} is not started ({_loggers.GetType().Name}).");

    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run) => _orchestrators.Add(name, run);

    public void AddActivity(string name, Func<LocalActivity, CancellationToken, Task<object?>> run) => _activities.Add(name, run);

    public Task StartAsync(CancellationToken cancellation)
        => Task.FromException(new NotSupportedException($"The durable runtime on {_options.Directory} does not run yet."));

    public Task StopAsync(CancellationToken cancellation)
    {
        _client = null;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
