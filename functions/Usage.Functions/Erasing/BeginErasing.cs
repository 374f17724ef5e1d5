using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Erasing;
using Usage.Storage.Products;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Closes the account, then takes the turn at every product, in the order in which all runs take them.</summary>
public sealed class BeginErasing(RunStore runs, ErasedAccounts erased, ProductStore products, ProductTurns turns, TimeProvider clock)
{
    public sealed record Input(RunId Run);

    /// <param name="Waits">Another run has a turn: ask again.</param>
    public sealed record Output(bool Waits);

    [Function(nameof(BeginErasing))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded()) return new Output(Waits: false);
        await erased.CloseAsync(input.Run, await erased.GetAsync(input.Run, cancellationToken), cancellationToken);
        // After that: a run that begins to write a product that is new to this list finds the account closed.
        var all = (await products.ListAsync(cancellationToken)).Select(product => product.Id);
        foreach (var product in all.OrderBy(product => product.Value, StringComparer.Ordinal))
            if (await turns.TryTakeAsync(product, input.Run, runs.HasEndedAsync, cancellationToken) is null) return new Output(Waits: true);
        if (stored.Run.Status == RunStatus.Queued)
            await runs.SaveAsync(
                stored.Run with
                {
                    Status = RunStatus.Running,
                    StartedAt = clock.GetUtcNow(),
                    Progress = new RunProgress(RunStage.Writing, 0, 0),
                },
                cancellationToken);
        return new Output(Waits: false);
    }
}
