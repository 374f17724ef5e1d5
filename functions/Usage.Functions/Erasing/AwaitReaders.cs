using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Erasing;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Looks whether runs are under way that may have read something of an account before it was gone.</summary>
public sealed class AwaitReaders(RunCensus census, RunStore runs, ErasedAccounts erased)
{
    public sealed record Input(RunId Run);

    /// <param name="Waits">There are: ask again.</param>
    public sealed record Output(bool Waits);

    [Function(nameof(AwaitReaders))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        if ((await runs.GetAsync(input.Run, cancellationToken)).Run.HasEnded()) return new Output(Waits: false);
        var account = await erased.GetAsync(input.Run, cancellationToken);
        // Erases don't count, which would wait for each other.
        return new Output(await census.OpenAsync(cancellationToken)
            .AnyAsync(open => open.Kind != RunKind.Erase && account.MayBeIn(open.Id), cancellationToken));
    }
}
