using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Reports;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Reports;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Products;

/// <summary>
/// What stands in the way of changing or deleting products and dimensions: integrations, segments, snapshots and runs that use them.
/// Runs are looked for before snapshots: what one that has ended by then has written is there.
/// </summary>
public sealed class ProductUse(
    IntegrationStore integrations, ProductDates dates, ReportPointStore points, SegmentStore segments, ProductStore products, RunUse runs,
    UsageOptions options)
{
    public async Task<IReadOnlyList<ApiError>> OfProductAsync(ProductId id, CancellationToken cancellationToken)
    {
        var errors = (await runs.OfProductAsync(id, "product", cancellationToken)).ToList();
        errors.AddRange((await integrations.ListAsync(cancellationToken))
            .Where(integration => Maps(integration, id))
            .Select(integration => new ApiError(
                ApiErrorCode.InUse, "product", $"integration \"{integration.Id}\" maps product \"{id}\"; take it out there first")));
        errors.AddRange(await OfSegmentsAsync(condition => condition.Product == id, "product", $"product \"{id}\"", cancellationToken));
        if (await dates.AnyAsync(id, cancellationToken)) errors.Add(new(ApiErrorCode.InUse, "product", $"product \"{id}\" has snapshots"));
        return errors;
    }

    public async Task<IReadOnlyList<ApiError>> OfDimensionAsync(ProductId id, DimensionId dimension, CancellationToken cancellationToken)
    {
        var what = $"dimension \"{dimension}\" of product \"{id}\"";
        var errors = (await runs.OfDimensionAsync(id, dimension, "dimension", cancellationToken)).ToList();
        errors.AddRange((await integrations.ListAsync(cancellationToken))
            .Where(integration => integration.Products.Any(
                mapping => mapping.Product == id && mapping.Feeds().Any(feed => feed.Dimension == dimension)))
            .Select(integration => new ApiError(
                ApiErrorCode.InUse, "dimension", $"integration \"{integration.Id}\" maps {what}; take it out there first")));
        errors.AddRange(
            await OfSegmentsAsync(condition => condition.Product == id && condition.Dimension == dimension, "dimension", what,
                cancellationToken));
        return errors;
    }

    /// <summary>What speaks against a product; what only matters when the period changes is looked up only then.</summary>
    public async Task<IReadOnlyList<Problem>> JudgeAsync(Product after, Product? before, CancellationToken cancellationToken)
    {
        if (before is null || before.SnapshotPeriod == after.SnapshotPeriod) return ProductRules.Validate(after, before);
        var pinned = Conflicts(await runs.OfProductAsync(after.Id, "snapshotPeriod", cancellationToken));
        var users = (await integrations.ListAsync(cancellationToken)).Where(integration => Maps(integration, after.Id))
            .Select(integration => integration.Id);
        return [.. ProductRules.Validate(after, before, await dates.AnyAsync(after.Id, cancellationToken), [.. users]), .. pinned];
    }

    /// <summary>What speaks against a dimension; whether it has values is looked up only when it is new or its type changes.</summary>
    /// <param name="product">As it is stored; null: not known, so that only the dimension itself is judged.</param>
    public async Task<IReadOnlyList<Problem>> JudgeAsync(Dimension after, Product? product, CancellationToken cancellationToken)
    {
        if (product is null) return DimensionRules.Validate(after);
        var there = product.Dimensions.FirstOrDefault(there => there.Id == after.Id);
        if (there?.DataType == after.DataType) return DimensionRules.Validate(product, after, options.MaxDimensions);
        var pinned = Conflicts(await runs.OfDimensionAsync(product.Id, after.Id, "dataType", cancellationToken));
        var stored = await points.TypeAsync(product.Id, after.Id, cancellationToken);
        return [.. DimensionRules.Validate(product, after, options.MaxDimensions, stored), .. pinned];
    }

    /// <summary>What speaks against the dimensions that an integration is to make: values that are stored under their ids.</summary>
    public async Task<IReadOnlyList<Problem>> JudgeNewAsync(Integration integration, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        foreach (var mapping in integration.Products.Where(mapping => mapping.Feeds().Any(feed => feed.Create is not null)))
        {
            var product = (await products.GetAsync(mapping.Product, cancellationToken))?.Value;
            foreach (var feed in mapping.Feeds())
                if (feed.Create is { } create && product?.Dimensions.Any(there => there.Id == feed.Dimension) == false)
                    DimensionRules.CheckStored(
                        problems, "products", feed.Dimension, create.DataType,
                        await points.TypeAsync(mapping.Product, feed.Dimension, cancellationToken));
        }

        return problems.Problems;
    }

    private static IEnumerable<Problem> Conflicts(IEnumerable<ApiError> errors) =>
        errors.Select(error => new Problem(error.Code, error.Path, error.Message) { Kind = ProblemKind.Conflict });

    private async Task<IEnumerable<ApiError>> OfSegmentsAsync(
        Func<Condition, bool> uses, string path, string what, CancellationToken cancellationToken) =>
        (await segments.ListAsync(cancellationToken))
            .Where(segment => segment.All.Any(uses))
            .Select(segment => new ApiError(
                ApiErrorCode.InUse, path, $"segment \"{segment.Id}\" asks for {what}; take it out there first"));

    private static bool Maps(Integration integration, ProductId product) => integration.Products.Any(mapping => mapping.Product == product);
}
