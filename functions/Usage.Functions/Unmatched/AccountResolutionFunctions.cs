using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>The identifiers of which somebody said that they are an account.</summary>
public sealed class AccountResolutionFunctions(AccountStore accounts, ResolutionStore resolutions)
{
    private const string Route = "api/accounts/{account}/resolutions";

    public sealed record Item(IntegrationId Integration, MatchBy By, string Key, string Author, DateTimeOffset At);

    private static readonly Operation ListAccountResolutions =
        new Operation(nameof(ListAccountResolutions), "Identifiers of which somebody said that they are this account.", Audience.Reader)
        .Paged().Answers<Page<AccountResolutionFunctions.Item>>("AccountResolutionPage");

    [Function(nameof(ListAccountResolutions))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest http, string account,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListAccountResolutions);
        var (id, page) = (request.Id<AccountId>(account, "account"), request.Page());
        if (request.Problem is { } problem) return problem;
        if (await accounts.GetAsync(id, cancellationToken) is null) return ProblemAnswer.NotFound("account", account);
        var found = (await resolutions.OfAccountAsync(id, cancellationToken))
            .Select(said => new Item(said.Integration, said.By, said.Key, said.Author, said.At)).OrderBy(Place, StringComparer.Ordinal);
        return Answer.Ok(page.Of(found, Place));
    }

    private static readonly Operation DeleteAccountResolution =
        new Operation(
            nameof(DeleteAccountResolution), "Takes back that an identifier is this account; rows that it released stay.", Audience.Editor)
        .Needs("integration", "by", "key").AsText("key");

    [Function(nameof(DeleteAccountResolution))]
    public Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest http, string account,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteAccountResolution);
        var id = request.Id<AccountId>(account, "account");
        return ResolutionFunctions.DeleteAsync(request, resolutions, said => said.Account == id, cancellationToken);
    }

    private static string Place(Item said) => $"{said.Integration}\n{(int)said.By}\n{IdentifierKey.Of(said.By, said.Key)}";
}
