using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Documents;
using Usage.Storage.Products;

namespace Usage.Functions.Products;

public sealed class DimensionFunctions(ProductStore products, ProductUse use)
{
    private const string Route = "api/products/{product}/dimensions/{dimension}";

    public sealed record Body : EditedBody
    {
        public required string Name { get; init; }

        public required DataType DataType { get; init; }

        public Aggregate Aggregate { get; init; } = Aggregate.Last;

        public Dimension ToDimension(DimensionId id) => new() { Id = id, Name = Name, DataType = DataType, Aggregate = Aggregate };
    }

    public sealed record Answered(DimensionId Id, string Name, DataType DataType, Aggregate Aggregate, IReadOnlyList<ApiError> Warnings);

    private static readonly Operation PutDimension =
        new Operation(nameof(PutDimension), "Makes or changes a dimension. Its type is locked once values exist.", Audience.Editor)
        .Json<DimensionFunctions.Body>("DimensionBody").Stores<DimensionFunctions.Answered>("Dimension").Problem(409);

    [Function(nameof(PutDimension))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest http, string product, string dimension,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PutDimension);
        var productId = request.Id<ProductId>(product, "product");
        var id = request.Id<DimensionId>(dimension, "dimension");
        var body = await request.JsonAsync<Body>(cancellationToken);
        return await Edit(request, productId, id, (product, dimension), cancellationToken).PutAsync(
            body is null ? null : _ => body.ToDimension(id),
            (after, stored) => use.JudgeAsync(after, stored?.Value, cancellationToken),
            async (after, stored) => Written.OrLost(
                await products.TryWriteAsync(request.Sign(With(stored!.Value, after)), stored, cancellationToken) ? after : null),
            (after, made, warnings) => Answer.Stored(
                made, after, new Answered(after.Id, after.Name, after.DataType, after.Aggregate, warnings), $"/products/{productId}"));
    }

    private static readonly Operation DeleteDimension =
        new Operation(nameof(DeleteDimension), "Deletes a dimension that no integration or segment uses.", Audience.Editor)
        .Problem(409);

    [Function(nameof(DeleteDimension))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest http, string product, string dimension,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteDimension);
        var productId = request.Id<ProductId>(product, "product");
        var id = request.Id<DimensionId>(dimension, "dimension");
        return await Edit(request, productId, id, (product, dimension), cancellationToken).DeleteAsync(
            stored => products.TryWriteAsync(
                request.Sign(stored.Value with { Dimensions = [.. stored.Value.Dimensions.Where(d => d.Id != id)] }), stored,
                cancellationToken),
            _ => use.OfDimensionAsync(productId, id, cancellationToken));
    }

    private Edit<Stored<Product>, Dimension> Edit(
        ApiRequest request, ProductId product, DimensionId id, (string Product, string Dimension) route,
        CancellationToken cancellationToken) =>
        new(request, "dimension", route.Dimension)
        {
            Load = async () =>
            {
                var stored = await products.GetAsync(product, cancellationToken);
                if (stored is null) request.Miss("product", route.Product);
                return stored;
            },
            Shown = stored => stored.Value.Dimensions.FirstOrDefault(d => d.Id == id),
            WholeTag = stored => EntityTag.Of(stored.Value),
        };

    private static Product With(Product product, Dimension dimension)
    {
        var found = product.Dimensions.Any(d => d.Id == dimension.Id);
        return product with
        {
            Dimensions = found ? [.. product.Dimensions.Select(d => d.Id == dimension.Id ? dimension : d)]
                : [.. product.Dimensions, dimension],
        };
    }
}
