using Microsoft.Azure.Functions.Worker;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>Now that the exact dates are known: were all of them written last with this very content?</summary>
public sealed class DecideDuplicate(DecideStep step)
{
    public sealed record Input(RunId Run);

    [Function(nameof(DecideDuplicate))]
    public Task<DecideStep.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => step.RunAgainAsync(input.Run, cancel);
}
