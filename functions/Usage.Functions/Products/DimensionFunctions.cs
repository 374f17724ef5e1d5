using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Settings;
using Usage.Storage.Documents;
using Usage.Storage.Products;

namespace Usage.Functions.Products;

public sealed class DimensionFunctions(ProductStore products, ProductUse use, UsageOptions options)
{
    private const string Route = "products/{product}/dimensions/{dimension}";

    public sealed record Body
    {
        public required string Name { get; init; }

        public required DataType DataType { get; init; }

        public Aggregate Aggregate { get; init; } = Aggregate.Last;

        public Dimension ToDimension(DimensionId id) => new() { Id = id, Name = Name, DataType = DataType, Aggregate = Aggregate };
    }

    public sealed record Answered(DimensionId Id, string Name, DataType DataType, Aggregate Aggregate, IReadOnlyList<ApiError> Warnings);

    private static readonly Operation PutDimension =
        new Operation(nameof(PutDimension), "Makes or changes a dimension. Its type is locked once values exist.")
        .Json<DimensionFunctions.Body>("DimensionBody").Stores<DimensionFunctions.Answered>("Dimension").Problem(409);

    [Function(nameof(PutDimension))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = Route)] HttpRequest request, string product, string dimension,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, PutDimension);
        var productId = ask.Id<ProductId>(product, "product");
        var id = ask.Id<DimensionId>(dimension, "dimension");
        var body = await ask.JsonAsync<Body>(cancellationToken);
        if (ask.Judge(body is null ? [] : DimensionRules.Validate(body.ToDimension(id))) is { } problem) return problem;
        var after = body!.ToDimension(id);
        return await Optimistic.RunAsync(async () =>
        {
            if (await products.GetAsync(productId, cancellationToken) is not { } stored) return ProblemAnswer.NotFound("product", product);
            var before = stored.Value.Dimensions.FirstOrDefault(d => d.Id == id);
            if (Check(ask, stored, before) is { } failed) return failed;
            var locked = before is not null && before.DataType != after.DataType
                && await use.HasValuesAsync(productId, id, cancellationToken);
            var problems = DimensionRules.Validate(stored.Value, after, locked, options.MaxDimensions);
            if (Problems.Answer(problems) is { } wrong) return wrong;
            if (before != after && !await products.TryWriteAsync(With(stored.Value, after), stored, cancellationToken)) return null;
            return new JsonAnswer<Answered>(
                before is null ? 201 : 200, new(after.Id, after.Name, after.DataType, after.Aggregate, Problems.Warnings(problems)))
            { Tag = EntityTag.Of(after), Location = before is null ? $"/products/{productId}" : null };
        });
    }

    private static readonly Operation DeleteDimension =
        new Operation(nameof(DeleteDimension), "Deletes a dimension that no integration or segment uses.")
        .Problem(409);

    [Function(nameof(DeleteDimension))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request, string product, string dimension,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, DeleteDimension);
        var productId = ask.Id<ProductId>(product, "product");
        var id = ask.Id<DimensionId>(dimension, "dimension");
        if (ask.Problem is { } problem) return problem;
        return await Optimistic.RunAsync(async () =>
        {
            if (await products.GetAsync(productId, cancellationToken) is not { } stored) return ProblemAnswer.NotFound("product", product);
            var before = stored.Value.Dimensions.FirstOrDefault(d => d.Id == id);
            if (Check(ask, stored, before) is { } failed) return failed;
            if (before is null) return ProblemAnswer.NotFound("dimension", dimension);
            var uses = await use.OfDimensionAsync(productId, id, cancellationToken);
            if (uses.Count > 0) return ProblemAnswer.Conflict(uses);
            var without = stored.Value with { Dimensions = [.. stored.Value.Dimensions.Where(d => d.Id != id)] };
            return await products.TryWriteAsync(without, stored, cancellationToken) ? Answer.Nothing() : null;
        });
    }

    private static Product With(Product product, Dimension dimension)
    {
        var found = product.Dimensions.Any(d => d.Id == dimension.Id);
        return product with
        {
            Dimensions = found ? [.. product.Dimensions.Select(d => d.Id == dimension.Id ? dimension : d)]
                : [.. product.Dimensions, dimension],
        };
    }

    private static ProblemAnswer? Check(ApiRequest ask, Stored<Product> product, Dimension? before) =>
        ask.Preconditions.Check(before is null ? null : EntityTag.Of(before), EntityTag.Of(product.Value));
}
