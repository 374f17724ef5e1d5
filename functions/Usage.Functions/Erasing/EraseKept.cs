using Microsoft.Azure.Functions.Worker;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Erasing.Kept;
using Usage.Storage.Changes;
using Usage.Storage.Erasing;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Takes an account out of what some ended runs have kept; those that haven't ended began when it was gone.</summary>
public sealed class EraseKept(
    RunStore runs, RunCensus census, ErasedAccounts erased, ErasedLogs logs, RunLogs kept, FileErasure files, ErasedPlans plans,
    TimeProvider clock)
{
    /// <summary>Runs are gone through one after the other; most have nothing of the account.</summary>
    private const int AtOnce = 100;

    /// <summary>An attempt that dies begins anew, so none goes on for much longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="After">Goes on behind this run; null: begins with the newest.</param>
    public sealed record Input(RunId Run, RunId? After);

    /// <param name="Next">Where the next ones begin; null: these were the last.</param>
    public sealed record Output(RunId? Next);

    [Function(nameof(EraseKept))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var erase = (await runs.GetAsync(input.Run, cancellationToken)).Run;
        if (erase.HasEnded()) return new Output(Next: null);
        var account = await erased.GetAsync(input.Run, cancellationToken);
        var some = await census.ListAsync(input.After, AtOnce, cancellationToken);
        var begun = clock.GetTimestamp();
        foreach (var run in some)
        {
            if (account.MayBeIn(run) && await runs.FindAsync(run, cancellationToken) is { } stored && stored.Run.HasEnded())
                account = await EraseAsync(erase, account, stored, cancellationToken);
            if (clock.GetElapsedTime(begun) > Patience) return new Output(run);
        }

        return new Output(some.Count == AtOnce ? some[^1] : null);
    }

    private async Task<ErasedAccount> EraseAsync(Run erase, ErasedAccount account, StoredRun stored, CancellationToken cancellationToken)
    {
        var run = stored.Run;
        if (await logs.EraseAsync(run.Id, account.Ordinal, erase.Id, cancellationToken) is { } index && run.Values > 0)
            await runs.SaveAsync(
                await WrittenWithout.OfAsync(run, index, kept.ReadAsync(run.Id, index.Pieces, cancellationToken)), cancellationToken);
        // Replays and fixes go with the run whose file they read.
        if (run.Kind is RunKind.Undo or RunKind.Removal)
            await plans.EraseAsync(run, erase.Id, account.Account.Id, ErasedRows.None, (_, _) => false, cancellationToken);
        if (!(run.IsRoot() || run.Kind == RunKind.Test) || !await files.EraseAsync(erase, account, stored, cancellationToken)
            || run.Blob is not { } file || account.Files.Contains(file)) return account;
        account = account with { Files = [.. account.Files, file] };
        await erased.SaveAsync(erase.Id, account, cancellationToken);
        return account;
    }
}
