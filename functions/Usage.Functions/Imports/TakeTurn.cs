using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Runs;

namespace Usage.Functions.Imports;

/// <summary>Sees whether all earlier files of the integration have ended.</summary>
public sealed class TakeTurn(Turns turns)
{
    public sealed record Input(RunId Run);

    [Function(nameof(TakeTurn))]
    public Task<Turns.Output> RunAsync([ActivityTrigger] Input input, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        turns.TakeAsync(client, input.Run, cancel);
}
