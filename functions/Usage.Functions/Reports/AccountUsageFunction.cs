using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Functions.Reports;

public sealed class AccountUsageFunction(AccountStore accounts, ProductStore products, AccountUsageReader usage)
{
    public sealed record Body(AccountName Account, IReadOnlyList<ProductUsage> Products);

    public sealed record ProductUsage(ProductId Product, string Name, SnapshotPeriod? Period, IReadOnlyList<Snapshot> Snapshots);

    public sealed record Snapshot(DateOnly Date, IReadOnlyDictionary<DimensionId, UsageValue> Values, RunId Run, long? Row);

    private static readonly Operation GetAccountUsage =
        new Operation(nameof(GetAccountUsage), "An account's snapshots, the newest first.", Audience.Reader)
        .With("product", "from", "to").Answers<AccountUsageFunction.Body>("AccountUsage");

    [Function(nameof(GetAccountUsage))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/accounts/{account}/usage")] HttpRequest http, string account,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetAccountUsage);
        var id = request.Id<AccountId>(account, "account");
        var only = request.QueryId<ProductId>("product");
        var (from, to) = (request.Date("from"), request.Date("to"));
        if (request.Problem is { } problem) return problem;
        var found = accounts.GetAsync(id, cancellationToken);
        var all = ShownAsync(only, cancellationToken);
        if (await found is not { } stored) return ProblemAnswer.NotFound("account", account);
        if (await all is not { } shown) return ProblemAnswer.NotFound("product", only!.Value.Value);

        var read = await usage.ReadAsync(stored.Numbered, [.. shown.Select(product => product.Id)], from, to, cancellationToken);
        return Answer.Ok(new Body(
            new AccountName(id, stored.Account.Name),
            [.. shown.Zip(read, Usage).Where(product => product.Snapshots.Count > 0)]));
    }

    private static ProductUsage Usage(Product product, IReadOnlyList<StoredSnapshot> snapshots) =>
        new(product.Id, product.Name, product.SnapshotPeriod, [.. snapshots.Select(s => new Snapshot(s.Date, s.Values, s.Run, s.Row))]);

    private async Task<IReadOnlyList<Product>?> ShownAsync(ProductId? only, CancellationToken cancellationToken)
    {
        if (only is not { } id) return await products.ListAsync(cancellationToken);
        return await products.GetAsync(id, cancellationToken) is { } product ? [product.Value] : null;
    }
}
