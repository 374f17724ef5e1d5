using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Functions.Settings;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>
/// Takes a run's turns at its products, in the order of their ids, so that two runs never wait for each other; then looks what is there.
/// </summary>
public sealed class BeginWriting(
    RunStore runs, RunFiles files, ProductTurns turns, SnapshotDateIndex dates, DateWriters writers, UsageOptions options)
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
        var written = (await files.TotalsAsync(input.Run, cancellationToken)).Totals.Dates
            .OrderBy(product => product.Product.Value, StringComparer.Ordinal).ToList();
        var taken = new List<long>();
        foreach (var product in written)
        {
            if (await turns.TryTakeAsync(product.Product, input.Run, runs.HasEndedAsync, cancellationToken) is not { } number)
                return new Output(Waits: true);
            taken.Add(number);
        }

        var (queued, products) = (new QueuedRun(input.Run, stored.Drop!), new List<ProductBasis>());
        foreach (var (product, turn) in written.Zip(taken))
            products.Add(await LookAsync(product.Product, turn, queued, product.Dates, cancellationToken));
        await files.AddBasisAsync(input.Run, new WriteBasis(products) { GroupsPerPiece = options.GroupsPerPiece }, cancellationToken);
        return new Output(Waits: false);
    }

    private async Task<ProductBasis> LookAsync(
        ProductId product, long turn, QueuedRun queued, IReadOnlyList<DateOnly> written, CancellationToken cancellationToken)
    {
        var place = queued.PlaceAt(turn);
        if (written.Count == 0) return new ProductBasis(product, turn, place, []);
        var there = await dates.MapAsync(product, written[0], written[^1], cancellationToken);
        var others = await writers.ListAsync(product, written[0], written[^1], cancellationToken);
        var byDate = others.Where(writer => writer.Run != queued.Run).ToLookup(writer => writer.Date);
        return new ProductBasis(product, turn, place,
            [.. written.Select(date => new DateBasis(
                date, there.ContainsKey(date), there.GetValueOrDefault(date), [.. byDate[date]]))]);
    }
}
