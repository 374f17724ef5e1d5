using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Imports.Ending;
using Usage.Storage.Access;
using Usage.Storage.Changes;
using Usage.Storage.Erasing;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Ends an erase, which knows nothing of its account any more.</summary>
public sealed class FinishErasing(
    RunStore runs, ErasedAccounts erased, UndoStore undos, AuditLog audit, EraseRemainders remainders, RunEnd end)
{
    public sealed record Input(RunId Run);

    [Function(nameof(FinishErasing))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded())
        {
            await end.CleanUpAsync(stored, cancellationToken);
            return;
        }

        var account = await erased.GetAsync(input.Run, cancellationToken);
        await undos.RemoveAsync(account.Account.Id, account.MayBeIn, cancellationToken);
        await audit.EraseAsync(new ErasedEntries(input.Run, account.Account, account.Resolutions), account.Gone!.Value, cancellationToken);
        await erased.ForgetAsync(input.Run, account.Ordinal, cancellationToken);
        await end.FinishAsync(
            input.Run, run => run with { Status = RunStatus.Succeeded, Stays = remainders.Of(account.Files) }, cancellationToken);
    }
}
