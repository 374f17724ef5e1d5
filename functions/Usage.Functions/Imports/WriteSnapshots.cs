using Microsoft.Azure.Functions.Worker;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>Merges one partition of all batches; writes it, or compares or counts what would be written.</summary>
public sealed class WriteSnapshots(MergeStep step)
{
    public sealed record Input(RunId Run, int Partition, MergeMode Mode);

    [Function(nameof(WriteSnapshots))]
    public Task RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => step.RunAsync(input.Run, input.Partition, input.Mode, cancel);
}
