using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports;

/// <summary>Runs many activities of one kind, each hundred in a sub-orchestration of its own, so that histories stay small.</summary>
public static class FanOut
{
    private const int AtOnce = 100;

    public enum Kind { Read, Write }

    public sealed record Input(RunId Run, Kind Kind, WriteMode Mode, int First, int Count);

    internal static Task ReadAsync(TaskOrchestrationContext context, RunId run, int batches) =>
        RunAllAsync(context, new Input(run, Kind.Read, WriteMode.None, 0, batches));

    internal static Task WriteAsync(TaskOrchestrationContext context, RunId run, WriteMode mode, int partitions) =>
        RunAllAsync(context, new Input(run, Kind.Write, mode, 0, partitions));

    [Function(nameof(FanOut))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        var tasks = new List<Task>(input.Count);
        for (var index = input.First; index < input.First + input.Count; index++)
        {
            tasks.Add(input.Kind == Kind.Read
                ? context.CallActivityAsync(nameof(ReadBatch), new ReadBatch.Input(input.Run, index), Retries.Step)
                : context.CallActivityAsync(nameof(WriteSnapshots), new WriteSnapshots.Input(input.Run, index, input.Mode), Retries.Step));
        }

        await Task.WhenAll(tasks);
    }

    private static async Task RunAllAsync(TaskOrchestrationContext context, Input all)
    {
        for (var first = 0; first < all.Count; first += AtOnce)
            await context.CallSubOrchestratorAsync(nameof(FanOut), all with { First = first, Count = Math.Min(AtOnce, all.Count - first) });
    }
}
