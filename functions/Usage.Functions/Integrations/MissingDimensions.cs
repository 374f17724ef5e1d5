using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

/// <summary>Dimensions that an integration maps and asks to be made.</summary>
public sealed class MissingDimensions(ProductStore products)
{
    /// <returns>False: a product changed meanwhile.</returns>
    public async Task<bool> TryCreateAsync(Integration integration, CancellationToken cancellationToken)
    {
        foreach (var mapping in integration.Products.Where(mapping => mapping.Feeds().Any(feed => feed.Create is not null)))
        {
            if (await products.GetAsync(mapping.Product, cancellationToken) is not { } stored) return false;
            Dimension[] missing =
            [
                .. mapping.Feeds()
                    .Where(wanted => wanted.Create is not null && stored.Value.Dimensions.All(there => there.Id != wanted.Dimension))
                    .Select(wanted => new Dimension
                    {
                        Id = wanted.Dimension, Name = wanted.Create!.Name, DataType = wanted.Create.DataType,
                        Aggregate = wanted.Create.Aggregate,
                    }),
            ];
            if (missing.Length == 0) continue;
            if (!await products.TryWriteAsync(
                stored.Value with
                {
                    Dimensions = [.. stored.Value.Dimensions, .. missing],
                    By = integration.By,
                    At = integration.At,
                },
                stored, cancellationToken))
                return false;
        }

        return true;
    }
}
