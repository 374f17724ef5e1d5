using Microsoft.DurableTask.Local;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.DurableTask.Crashing;

internal static class Telling
{
    /// <summary>Starts the story in a folder, or goes on with it, and says how it and all its instances ended.</summary>
    public static async Task<string> ToEndAsync(string directory, Action<string>? onDisk = null)
    {
        await using var runtime = new DurableRuntime(
            new() { Directory = Path.Combine(directory, "durable"), OnDisk = onDisk }, NullLoggerFactory.Instance);
        Story.AddTo(runtime, Path.Combine(directory, "effects"));
        await runtime.StartAsync(CancellationToken.None);

        if (await runtime.Client.GetInstanceAsync("main") is null)
        {
            await runtime.Client.ScheduleNewOrchestrationInstanceAsync("Main", new Story.Round(0, ""), new StartOrchestrationOptions("main"));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var end = await runtime.Client.WaitForInstanceCompletionAsync("main", getInputsAndOutputs: true, patience.Token);
        while (runtime.Engine.Store.Live.Count > 0)
        {
            await Task.Delay(5, patience.Token);
        }

        var instances = new List<string>();
        await foreach (var instance in runtime.Client.GetAllInstancesAsync())
        {
            instances.Add($"{instance.Name} {instance.RuntimeStatus}");
        }

        return $"{end.RuntimeStatus} {end.SerializedOutput}{end.FailureDetails}; {string.Join(", ", instances.Order(StringComparer.Ordinal))}";
    }
}
