using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>Looks what there is of a product's dates that a run is to write, and where the run stands among their writers.</summary>
public sealed class WriteBases(RunStore runs, RunLogs logs, SnapshotDateIndex dates, DateWriters writers)
{
    /// <param name="queued">The run.</param>
    /// <param name="parent">From which it follows; null: none.</param>
    /// <param name="written">The product, and dates of which it writes some.</param>
    /// <param name="turn">The number of the run's turn at the product.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ProductBasis> LookAsync(
        QueuedRun queued, StoredRun? parent, ProductDates written, long turn, CancellationToken cancellationToken)
    {
        if (written.Dates.Count == 0) return new ProductBasis(written.Product, turn, queued.PlaceAt(turn), []);
        var (first, last) = (written.Dates[0], written.Dates[^1]);
        var there = await dates.MapAsync(written.Product, first, last, cancellationToken);
        var others = await writers.ListAsync(written.Product, first, last, cancellationToken);
        // Behind its parent, and before whoever is behind that.
        var place = parent is null
            ? queued.PlaceAt(turn) : queued.PlaceBehind(await PlaceAsync(parent, written.Product, turn, cancellationToken), turn);
        var byDate = others.Where(writer => writer.Run != queued.Run).ToLookup(writer => writer.Date);
        return new ProductBasis(written.Product, turn, place,
            [.. written.Dates.Select(date => new DateBasis(
                date, there.ContainsKey(date), there.GetValueOrDefault(date), [.. byDate[date]]))]);
    }

    /// <summary>Of a run that another follows from. One that has written nothing of the product has the place that it would have.</summary>
    private async Task<string> PlaceAsync(StoredRun run, ProductId product, long turn, CancellationToken cancellationToken)
    {
        if (await logs.FindIndexAsync(run.Run.Id, cancellationToken) is { Pieces.Count: > 0 } index)
        {
            var (first, last) = index.Dates();
            var all = await writers.ListAsync(product, first, last, cancellationToken);
            if (all.FirstOrDefault(writer => writer.Run == run.Run.Id) is { } writer) return writer.Place;
        }

        // A file that is imported again follows from its first import in turn.
        return run.Run.Parent is { } before
            ? run.Queued().PlaceBehind(
                await PlaceAsync(await runs.GetAsync(before, cancellationToken), product, turn, cancellationToken), turn)
            : run.Queued().PlaceAt(turn);
    }
}
