using Microsoft.Azure.Functions.Worker;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>Reads the file once from start to end, and cuts it into batches.</summary>
public sealed class PlanBatches(PlanStep step)
{
    public sealed record Input(RunId Run);

    [Function(nameof(PlanBatches))]
    public Task<PlanStep.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => step.RunAsync(input.Run, cancel);
}
