using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>Runs many activities of one kind, a hundred at a time, each hundred in a sub-orchestration: so every history stays small.</summary>
public static class FanOut
{
    private const int AtOnce = 100;

    public enum Kind { Read, Merge }

    /// <param name="Count">Batches or partitions.</param>
    public sealed record Work(RunId Run, Kind Kind, MergeMode Mode, int Count);

    public sealed record Input(RunId Run, Kind Kind, MergeMode Mode, int First, int Count);

    internal static async Task RunAsync(TaskOrchestrationContext context, Work work)
    {
        for (var first = 0; first < work.Count; first += AtOnce)
        {
            var input = new Input(work.Run, work.Kind, work.Mode, first, Math.Min(AtOnce, work.Count - first));
            await context.CallSubOrchestratorAsync(nameof(FanOut), input);
        }
    }

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
}
