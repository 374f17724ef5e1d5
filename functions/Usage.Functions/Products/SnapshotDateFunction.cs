using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Settings;
using Usage.Storage.Products;

namespace Usage.Functions.Products;

/// <summary>Which date a file or a cell would get, and why.</summary>
public sealed class SnapshotDateFunction(ProductStore products, UsageOptions options, TimeProvider clock)
{
    private static readonly Operation GetSnapshotDate =
        new Operation(nameof(GetSnapshotDate), "Which date a file that arrives then, or a cell of a date column, would get, and why.",
            Audience.Reader)
        .With("arrivedAt", "value").Answers<SnapshotDate>("SnapshotDate").Problem(409);

    [Function(nameof(GetSnapshotDate))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/products/{product}/snapshot-date")] HttpRequest http,
        string product,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetSnapshotDate);
        var id = request.Id<ProductId>(product, "product");
        var arrivedAt = request.Time("arrivedAt") ?? clock.GetUtcNow();
        // An empty value is a question too: what a blank cell would get.
        string? value = http.Query.TryGetValue("value", out var values) ? values.ToString() : null;
        if (request.Problem is { } problem) return problem;
        if (await products.GetAsync(id, cancellationToken) is not { } stored) return ProblemAnswer.NotFound("product", product);
        return SnapshotDateCheck.Answer(stored.Value, arrivedAt, value, options.GetZone(), out var problems) is { } answer
            ? Answer.Ok(answer) : Problems.Answer(problems)!;
    }
}
