using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Children;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Erasing;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Writing;

/// <summary>
/// Takes a run's turns at its products, in the order of their ids, so that two runs never wait for each other; then looks what is there.
/// </summary>
public sealed class BeginWriting(
    RunStore runs, RunFiles files, ChildFiles children, ChildDates childDates, ProductTurns turns, WriteBases bases, ErasedAccounts erased,
    ProgressReporter progress, UsageOptions options)
{
    public sealed record Input(RunId Run);

    /// <param name="Waits">Another run has a turn: ask again.</param>
    public sealed record Output(bool Waits);

    [Function(nameof(BeginWriting))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        // Neither writes, so neither needs a turn.
        if (stored.Run.HasEnded() || stored.CancelRequested) return new Output(Waits: false);
        if (await files.FindBasisAsync(input.Run, cancellationToken) is not null) return new Output(Waits: false);
        var written = (await DatesAsync(input.Run, cancellationToken))
            .OrderBy(product => product.Product.Value, StringComparer.Ordinal).ToList();
        var taken = new List<long>();
        foreach (var product in written)
        {
            if (await turns.TryTakeAsync(product.Product, input.Run, runs.HasEndedAsync, cancellationToken) is not { } number)
                return new Output(Waits: true);
            taken.Add(number);
        }

        await progress.BeginAsync(input.Run, RunStage.Writing, cancellationToken);
        var queued = new QueuedRun(input.Run, stored.Drop!);
        var parent = stored.Run.Parent is { } id ? await runs.GetAsync(id, cancellationToken) : null;
        var products = new List<ProductBasis>();
        foreach (var (product, turn) in written.Zip(taken))
            products.Add(await bases.LookAsync(queued, parent, product, turn, cancellationToken));
        // After the turns: whoever erases an account closes it first, and has these turns later.
        var closed = await erased.OrdinalsAsync(cancellationToken);
        var basis = new WriteBasis(products) { GroupsPerPiece = options.GroupsPerPiece, Erased = closed };
        await files.AddBasisAsync(input.Run, basis, cancellationToken);
        return new Output(Waits: false);
    }

    private async Task<IReadOnlyList<ProductDates>> DatesAsync(RunId run, CancellationToken cancellationToken)
    {
        var read = (await files.TotalsAsync(run, cancellationToken)).Totals.Dates;
        if ((await files.PlanAsync(run, cancellationToken)).FileOf is not { } root) return read;
        var chain = await children.ChainAsync(run, cancellationToken);
        return chain.Whole ? read : await childDates.OfAsync(read, [root, .. chain.Earlier], cancellationToken);
    }
}
