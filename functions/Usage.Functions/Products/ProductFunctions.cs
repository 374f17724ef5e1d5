using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Functions.Http;
using Usage.Storage.Documents;
using Usage.Storage.Products;

namespace Usage.Functions.Products;

public sealed class ProductFunctions(ProductStore products, ProductUse use)
{
    private static readonly Operation ListProducts =
        new Operation(nameof(ListProducts), "All products with their dimensions.", Audience.Reader)
        .Paged().Answers<Page<Product>>("ProductPage");

    [Function(nameof(ListProducts))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/products")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListProducts);
        var page = request.Page();
        if (request.Problem is { } problem) return problem;
        return Answer.Ok(page.Of(await products.ListAsync(cancellationToken), product => product.Id.Value));
    }

    private static readonly Operation GetProduct = new Operation(nameof(GetProduct), "A product with its dimensions.", Audience.Reader)
        .Shows<Product>("Product");

    [Function(nameof(GetProduct))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/products/{product}")] HttpRequest http, string product,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetProduct);
        var id = request.Id<ProductId>(product, "product");
        if (request.Problem is { } problem) return problem;
        return Answer.Found((await products.GetAsync(id, cancellationToken))?.Value, "product", product);
    }

    private static readonly Operation PutProduct =
        new Operation(nameof(PutProduct), "Makes or changes a product. Its period is locked once snapshots exist.", Audience.Editor)
        .Json<ProductBody>("ProductBody").Stores<Product>("Product").Problem(409);

    [Function(nameof(PutProduct))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/products/{product}")] HttpRequest http, string product,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PutProduct);
        var id = request.Id<ProductId>(product, "product");
        var body = await request.JsonAsync<ProductBody>(cancellationToken);
        return await Edit(request, id, product, cancellationToken).PutAsync(
            body is null ? null : before => body.ToProduct(id, before?.Dimensions ?? []),
            async (after, stored) =>
            [
                .. await use.JudgeAsync(after, stored?.Value, cancellationToken),
                .. body!.Contradicts(stored?.Value.Dimensions ?? []),
            ],
            async (after, stored) =>
                Written.OrLost(await products.TryWriteAsync(after, stored, cancellationToken) ? after : null),
            (after, made, _) => Answer.Stored(made, after, $"/products/{id}"));
    }

    private static readonly Operation DeleteProduct =
        new Operation(nameof(DeleteProduct), "Deletes a product that no integration, segment or snapshot uses.", Audience.Editor)
        .Problem(409);

    [Function(nameof(DeleteProduct))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/products/{product}")] HttpRequest http, string product,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteProduct);
        var id = request.Id<ProductId>(product, "product");
        return await Edit(request, id, product, cancellationToken).DeleteAsync(
            stored => products.TryDeleteAsync(stored, cancellationToken), _ => use.OfProductAsync(id, cancellationToken));
    }

    private Edit<Stored<Product>, Product> Edit(ApiRequest request, ProductId id, string product, CancellationToken cancellationToken) =>
        new(request, "product", product) { Load = () => products.GetAsync(id, cancellationToken), Shown = stored => stored.Value };
}
