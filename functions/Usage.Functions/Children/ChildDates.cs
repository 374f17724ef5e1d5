using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;

namespace Usage.Functions.Children;

/// <summary>
/// The dates of which a replay or fix may change something: those of what is merged for it, and those that its parent or an earlier child
/// has written, since what they wrote may have gone elsewhere.
/// </summary>
public sealed class ChildDates(RunLogs logs, DateWriters writers)
{
    /// <param name="merged">Of all rows of the whole.</param>
    /// <param name="chain">The parent and earlier children.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ProductDates>> OfAsync(
        IReadOnlyList<ProductDates> merged, IReadOnlyList<RunId> chain, CancellationToken cancellationToken)
    {
        var dates = merged.ToDictionary(product => product.Product, product => new SortedSet<DateOnly>(product.Dates));
        foreach (var run in chain)
        {
            if (await logs.FindIndexAsync(run, cancellationToken) is not { Pieces.Count: > 0 } index) continue;
            var (first, last) = index.Dates();
            foreach (var product in index.Header.Products.Select(product => product.Id).Distinct())
                foreach (var writer in await writers.ListAsync(product, first, last, cancellationToken))
                {
                    if (writer.Run != run) continue;
                    if (!dates.TryGetValue(product, out var known)) dates.Add(product, known = []);
                    known.Add(writer.Date);
                }
        }

        return [.. dates.Select(product => new ProductDates(product.Key, [.. product.Value]))];
    }
}
