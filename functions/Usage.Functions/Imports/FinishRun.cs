using Microsoft.Azure.Functions.Worker;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>Adds up, refreshes the report points, leaves rejected.csv and the run's record, and removes the intermediates.</summary>
public sealed class FinishRun(FinishStep step)
{
    /// <param name="Failure">Why the run has failed while it wrote.</param>
    public sealed record Input(RunId Run, RunError? Failure = null);

    [Function(nameof(FinishRun))]
    public Task<EndStep.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => step.RunAsync(input.Run, input.Failure, cancel);
}
