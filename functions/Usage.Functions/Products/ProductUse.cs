using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Reports;
using Usage.Functions.Http.Errors;
using Usage.Functions.Settings;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Reports;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Products;

/// <summary>What stands in the way of changing or deleting products and dimensions: integrations and snapshots that use them.</summary>
public sealed class ProductUse(
    IntegrationStore integrations, ProductDates dates, ReportPointStore points, SegmentStore segments, UsageOptions options)
{
    public const string InUse = "in-use";

    public async Task<IReadOnlyList<ApiError>> OfProductAsync(ProductId id, CancellationToken cancellationToken)
    {
        var errors = (await integrations.ListAsync(cancellationToken))
            .Where(integration => Maps(integration, id))
            .Select(integration => new ApiError(
                InUse, "product", $"integration \"{integration.Id}\" maps product \"{id}\"; take it out there first"))
            .ToList();
        errors.AddRange(await OfSegmentsAsync(condition => condition.Product == id, "product", $"product \"{id}\"", cancellationToken));
        if (await dates.AnyAsync(id, cancellationToken)) errors.Add(new(InUse, "product", $"product \"{id}\" has snapshots"));
        return errors;
    }

    public async Task<IReadOnlyList<ApiError>> OfDimensionAsync(ProductId id, DimensionId dimension, CancellationToken cancellationToken)
    {
        var what = $"dimension \"{dimension}\" of product \"{id}\"";
        var errors = (await integrations.ListAsync(cancellationToken))
            .Where(integration => integration.Products.Any(
                mapping => mapping.Product == id && mapping.Feeds().Any(feed => feed.Dimension == dimension)))
            .Select(
                integration => new ApiError(InUse, "dimension", $"integration \"{integration.Id}\" maps {what}; take it out there first"))
            .ToList();
        errors.AddRange(
            await OfSegmentsAsync(condition => condition.Product == id && condition.Dimension == dimension, "dimension", what,
                cancellationToken));
        return errors;
    }

    /// <summary>What speaks against a product; what only matters when the period changes is looked up only then.</summary>
    public async Task<IReadOnlyList<Problem>> JudgeAsync(Product after, Product? before, CancellationToken cancellationToken)
    {
        if (before is null || before.SnapshotPeriod == after.SnapshotPeriod) return ProductRules.Validate(after, before);
        var users = (await integrations.ListAsync(cancellationToken)).Where(integration => Maps(integration, after.Id))
            .Select(integration => integration.Id);
        return ProductRules.Validate(after, before, await dates.AnyAsync(after.Id, cancellationToken), [.. users]);
    }

    /// <summary>What speaks against a dimension; whether it has values is looked up only when its type changes.</summary>
    /// <param name="product">As it is stored; null: not known, so that only the dimension itself is judged.</param>
    public async Task<IReadOnlyList<Problem>> JudgeAsync(Dimension after, Product? product, CancellationToken cancellationToken)
    {
        if (product is null) return DimensionRules.Validate(after);
        var locked = product.Dimensions.Any(there => there.Id == after.Id && there.DataType != after.DataType)
            && await points.ListAsync(product.Id, after.Id, null, null, cancellationToken).AnyAsync(cancellationToken);
        return DimensionRules.Validate(product, after, locked, options.MaxDimensions);
    }

    private async Task<IEnumerable<ApiError>> OfSegmentsAsync(
        Func<Condition, bool> uses, string path, string what, CancellationToken cancellationToken) =>
        (await segments.ListAsync(cancellationToken))
            .Where(segment => segment.All.Any(uses))
            .Select(segment => new ApiError(InUse, path, $"segment \"{segment.Id}\" asks for {what}; take it out there first"));

    private static bool Maps(Integration integration, ProductId product) => integration.Products.Any(mapping => mapping.Product == product);
}
