using Microsoft.Azure.Functions.Worker;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>Adds up the batches and decides, before the first write, whether there will be one.</summary>
public sealed class Decide(DecideStep step)
{
    public sealed record Input(RunId Run, int Batches);

    [Function(nameof(Decide))]
    public Task<DecideStep.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => step.RunAsync(input.Run, input.Batches, cancel);
}
