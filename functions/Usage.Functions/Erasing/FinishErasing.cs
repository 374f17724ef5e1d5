using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Imports.Ending;
using Usage.Storage.Erasing;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Ends an erase, which knows nothing of its account any more.</summary>
public sealed class FinishErasing(RunStore runs, ErasedAccounts erased, RunEnd end)
{
    public sealed record Input(RunId Run);

    [Function(nameof(FinishErasing))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (!stored.Run.HasEnded())
            await erased.ForgetAsync(input.Run, (await erased.GetAsync(input.Run, cancellationToken)).Ordinal, cancellationToken);
        await end.FinishAsync(input.Run, run => run with { Status = RunStatus.Succeeded }, cancellationToken);
    }
}
