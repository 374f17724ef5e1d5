using Usage.Core.Snapshots;
using Usage.Storage.Changes;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>Looks what there is of a product's dates that a run is to write, and where the run stands among their writers.</summary>
public sealed class WriteBases(SnapshotDateIndex dates, DateWriters writers)
{
    /// <param name="queued">The run.</param>
    /// <param name="parent">Whose file it reads; null: its own.</param>
    /// <param name="written">The product, and dates of which it writes some.</param>
    /// <param name="turn">The number of the run's turn at the product.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ProductBasis> LookAsync(
        QueuedRun queued, QueuedRun? parent, ProductDates written, long turn, CancellationToken cancellationToken)
    {
        if (written.Dates.Count == 0) return new ProductBasis(written.Product, turn, queued.PlaceAt(turn), []);
        var (first, last) = (written.Dates[0], written.Dates[^1]);
        var there = await dates.MapAsync(written.Product, first, last, cancellationToken);
        var others = await writers.ListAsync(written.Product, first, last, cancellationToken);
        // Behind its parent, where that has written something of the product, and before whoever is behind that.
        var place = parent is null ? queued.PlaceAt(turn) : queued.PlaceBehind(
            others.FirstOrDefault(writer => writer.Run == parent.Run)?.Place ?? parent.PlaceAt(turn), turn);
        var byDate = others.Where(writer => writer.Run != queued.Run).ToLookup(writer => writer.Date);
        return new ProductBasis(written.Product, turn, place,
            [.. written.Dates.Select(date => new DateBasis(
                date, there.ContainsKey(date), there.GetValueOrDefault(date), [.. byDate[date]]))]);
    }
}
