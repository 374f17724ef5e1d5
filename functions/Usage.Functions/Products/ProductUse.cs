using Usage.Core.Integrations;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Functions.Http;
using Usage.Storage.Integrations;
using Usage.Storage.Products;

namespace Usage.Functions.Products;

/// <summary>What stands in the way of changing or deleting products and dimensions: integrations and snapshots that use them.</summary>
public sealed class ProductUse(IntegrationStore integrations, ProductDates dates)
{
    public const string InUse = "in-use";

    public async Task<IReadOnlyList<ApiError>> OfProductAsync(ProductId id, CancellationToken cancel)
    {
        var errors = (await integrations.ListAsync(cancel))
            .Where(integration => Maps(integration, id))
            .Select(integration => new ApiError(InUse, "product", $"integration \"{integration.Id}\" maps product \"{id}\"; take it out there first"))
            .ToList();
        if (await dates.AnyAsync(id, cancel)) errors.Add(new(InUse, "product", $"product \"{id}\" has snapshots"));
        return errors;
    }

    public async Task<IReadOnlyList<ApiError>> OfDimensionAsync(ProductId id, DimensionId dimension, CancellationToken cancel) =>
        (await integrations.ListAsync(cancel))
            .Where(integration => integration.Products.Any(mapping => mapping.Product == id && mapping.Dimensions.Any(d => d.Dimension == dimension)))
            .Select(integration => new ApiError(InUse, "dimension", $"integration \"{integration.Id}\" maps dimension \"{dimension}\" of product \"{id}\"; take it out there first"))
            .ToList();

    /// <summary>What only matters when the period changes is looked up only then.</summary>
    public async Task<IReadOnlyList<Problem>> ValidateAsync(Product after, Product? before, CancellationToken cancel)
    {
        if (before is null || before.SnapshotPeriod == after.SnapshotPeriod) return ProductRules.Validate(after, before);
        var users = (await integrations.ListAsync(cancel)).Where(integration => Maps(integration, after.Id)).Select(integration => integration.Id);
        return ProductRules.Validate(after, before, await dates.AnyAsync(after.Id, cancel), [.. users]);
    }

    public Task<bool> HasValuesAsync(ProductId product, Dimension dimension, CancellationToken cancel) => dates.AnyAsync(product, cancel);

    private static bool Maps(Integration integration, ProductId product) => integration.Products.Any(mapping => mapping.Product == product);
}
