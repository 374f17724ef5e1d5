using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Storage.Erasing;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Takes an account out of what some ended runs have kept; those that haven't ended began when it was gone.</summary>
public sealed class EraseKept(RunStore runs, RunCensus census, ErasedAccounts erased, ErasedLogs logs)
{
    /// <summary>Runs are gone through one after the other; most have nothing of the account.</summary>
    private const int AtOnce = 100;

    /// <param name="After">Goes on behind this run; null: begins with the newest.</param>
    public sealed record Input(RunId Run, RunId? After);

    /// <param name="Next">Where the next ones begin; null: these were the last.</param>
    public sealed record Output(RunId? Next);

    [Function(nameof(EraseKept))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        if ((await runs.GetAsync(input.Run, cancellationToken)).Run.HasEnded()) return new Output(Next: null);
        var account = await erased.GetAsync(input.Run, cancellationToken);
        var some = await census.ListAsync(input.After, AtOnce, cancellationToken);
        foreach (var run in some)
        {
            var stored = await runs.FindAsync(run, cancellationToken);
            if (stored?.Run.HasEnded() != true) continue;
            await logs.EraseAsync(run, account.Ordinal, input.Run, cancellationToken);
        }

        return new Output(some.Count == AtOnce ? some[^1] : null);
    }
}
