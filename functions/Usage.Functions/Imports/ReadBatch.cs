using Microsoft.Azure.Functions.Worker;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>Reads one batch: accounts matched, cells typed, values sorted into partitions.</summary>
public sealed class ReadBatch(ReadStep step)
{
    public sealed record Input(RunId Run, int Batch);

    [Function(nameof(ReadBatch))]
    public Task RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => step.RunAsync(input.Run, input.Batch, cancel);
}
