using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Products;

namespace Usage.Functions.Changes.Explaining;

/// <summary>Where a stored value comes from.</summary>
public sealed class ExplainFunction(AccountStore accounts, ProductStore products, Explanations explanations)
{
    private static readonly Operation ExplainValue =
        new Operation(nameof(ExplainValue), "Where a stored value comes from, and what was written before it.", Audience.Reader)
        .Needs("account", "product", "date", "dimension").Answers<Explanation>("Explanation").Problem(404);

    [Function(nameof(ExplainValue))]
    public async Task<IActionResult> Explain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/explain")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ExplainValue);
        var (account, product) = (request.QueryId<AccountId>("account"), request.QueryId<ProductId>("product"));
        var (date, dimension) = (request.Date("date"), request.QueryId<DimensionId>("dimension"));
        foreach (var name in ExplainValue.RequiredQuery.Where(name => !request.Has(name)))
            request.Refuse(ApiErrorCode.MissingParameter, name,
                $"expected {name}, as in ?account=acme&product=crm&date=2026-10-01&dimension=seats");
        if (request.Problem is { } problem) return problem;
        if (await accounts.GetAsync(account!.Value, cancellationToken) is not { } stored)
            return ProblemAnswer.NotFound("account", account.Value.Value);
        if (await products.GetAsync(product!.Value, cancellationToken) is null)
            return ProblemAnswer.NotFound("product", product.Value.Value);
        var found = await explanations.FindAsync(
            stored.Numbered, product.Value, date!.Value, dimension!.Value, request.Caller.SeesRawRows, cancellationToken);
        if (found is null)
            return ProblemAnswer.NotFound($"Nothing was written of {dimension} for {account}, {product} on {date:yyyy-MM-dd}.");
        if (request.Caller.SeesRawRows && request.Trail is { } trail)
        {
            trail.ShowsRawRows();
            // Below the account, since that is who is to be found, and may be erased.
            trail.Resource = $"accounts/{account}/explain?product={product}&date={date:yyyy-MM-dd}&dimension={dimension}";
        }

        return Answer.Ok(found);
    }
}
