using Microsoft.Azure.Functions.Worker;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;

namespace Usage.Functions.Imports;

/// <summary>All that follows the plan, in one go, for a file of one batch: the same steps as for a large one.</summary>
public sealed class ImportWhole(ReadStep read, DecideStep decide, MergeStep merge, FinishStep finish)
{
    /// <param name="Batches">1, or 0 for a file with a header only.</param>
    public sealed record Input(RunId Run, int Batches);

    [Function(nameof(ImportWhole))]
    public async Task<EndStep.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancel)
    {
        if (input.Batches == 1) await read.RunAsync(input.Run, 0, cancel);
        var decision = await decide.RunAsync(input.Run, input.Batches, cancel);
        if (decision.MayBeDuplicate)
        {
            await MergeAsync(input.Run, decision, cancel);
            decision = await decide.RunAgainAsync(input.Run, cancel);
        }

        if (decision.Mode != MergeMode.None) await MergeAsync(input.Run, decision, cancel);
        return await finish.RunAsync(input.Run, failure: null, cancel);
    }

    private async Task MergeAsync(RunId run, DecideStep.Output decision, CancellationToken cancel)
    {
        for (var partition = 0; partition < decision.Partitions; partition++) await merge.RunAsync(run, partition, decision.Mode, cancel);
    }
}
