using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Changes.Explaining;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Takes one stored value away.</summary>
public sealed class RemoveValueFunction(
    AccountStore accounts, Explanations explanations, RunStore runs, RemovalPlans plans, FollowUps followUps)
{
    private static readonly Operation DeleteValue =
        new Operation(nameof(DeleteValue), "Takes one stored value away; the run can be undone.", Audience.Editor)
        .Answers<RunReference>("RunReference", 202, "The removal is queued.");

    [Function(nameof(DeleteValue))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/accounts/{account}/usage/{product}/{date}/{dimension}")]
        HttpRequest http, string account, string product, string date, string dimension,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteValue);
        var (accountId, productId) = (request.Id<AccountId>(account, "account"), request.Id<ProductId>(product, "product"));
        var dimensionId = request.Id<DimensionId>(dimension, "dimension");
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            request.Miss("date", date);
        if (request.Problem is { } problem) return problem;
        if (await accounts.GetAsync(accountId, cancellationToken) is not { } stored) return ProblemAnswer.NotFound("account", account);
        var found = await explanations.FindAsync(
            stored.Numbered, productId, day, dimensionId, withTexts: false, cancellationToken);
        if (found is not { Value: not null, Run: { } last })
            return ProblemAnswer.NotFound($"Nothing is stored of {dimension} for {account}, {product} on {date}.");
        var writer = (await runs.GetAsync(last, cancellationToken)).Run;
        var plan = new RemovalPlan(accountId, productId, day, dimensionId);
        var removal = await followUps.StartAsync(
            client, new FollowUps.Wanted(RunKind.Removal, request.Caller.Name, writer.Integration!.Value, writer.Version),
            (run, cancellationToken) => plans.AddAsync(run, plan, cancellationToken), cancellationToken);
        return Answer.Accepted(new RunReference(removal, RunStatus.Queued), $"/runs/{removal}");
    }
}
