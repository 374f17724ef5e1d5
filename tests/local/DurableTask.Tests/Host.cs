using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.DurableTask.Tests;

/// <summary>A runtime on a folder of its own, that can be stopped and started again on what it left there.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly Action<DurableRuntime> _setUp;
    private readonly Func<DurableRuntimeOptions, DurableRuntimeOptions> _change;

    private Host(Action<DurableRuntime> setUp, Func<DurableRuntimeOptions, DurableRuntimeOptions>? change)
    {
        _setUp = setUp;
        _change = change ?? (options => options);
        Runtime = Build();
    }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("durable-").FullName;

    public ManualClock Clock { get; } = new();

    public DurableRuntime Runtime { get; private set; }

    public DurableTaskClient Client => Runtime.Client;

    public static async Task<Host> StartAsync(
        Action<DurableRuntime> setUp, Func<DurableRuntimeOptions, DurableRuntimeOptions>? change = null)
    {
        var host = new Host(setUp, change);
        await host.Runtime.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>Stops, and begins again with the same orchestrators or with others.</summary>
    public async Task RestartAsync(Action<DurableRuntime>? setUp = null, Action? between = null)
    {
        await Runtime.DisposeAsync();
        between?.Invoke();
        Runtime = Build(setUp);
        await Runtime.StartAsync(CancellationToken.None);
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        var instance = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        return await EndOf(instance);
    }

    public Task<OrchestrationMetadata> EndOf(string instance)
        => Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, Patience());

    /// <summary>The file of an instance's history.</summary>
    public string LogOf(string instance) => Path.Combine(Directory, InstanceLog.FileOf(instance));

    /// <summary>The state of an instance that has not ended.</summary>
    public Execution? Executed(string instance) => Runtime.Engine.Store.Find(instance)?.Execution;

    public int OpenTimers(string instance) => Executed(instance)?.Open.Values.Count(open => open is TimerCreated) ?? 0;

    /// <summary>Waits for something that the runtime does on its own threads.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        var patience = Patience();
        while (!isSo())
        {
            await Task.Delay(5, patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>So that a test that would hang fails instead.</summary>
    public static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private DurableRuntime Build(Action<DurableRuntime>? setUp = null)
    {
        var runtime = new DurableRuntime(_change(new() { Directory = Directory, TimeProvider = Clock }), NullLoggerFactory.Instance);
        (setUp ?? _setUp)(runtime);
        return runtime;
    }
}
