using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;

namespace Usage.Functions.Accounts;

public sealed class AccountFunctions(AccountStore accounts, AccountUse use)
{
    private const string Route = "accounts/{account}";

    private static readonly Operation GetAccount = new Operation(nameof(GetAccount), "An account.").Shows<Account>("Account");

    [Function(nameof(GetAccount))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request, string account,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, GetAccount);
        var id = ask.Id<AccountId>(account, "account");
        if (ask.Problem is { } problem) return problem;
        return Answer.Found((await accounts.GetAsync(id, cancellationToken))?.Account, "account", account);
    }

    private static readonly Operation PutAccount =
        new Operation(nameof(PutAccount), "Makes or changes an account. CRM ids and domains are one account's only.")
        .Json<AccountBody>("AccountBody").Stores<Account>("Account").Problem(409);

    [Function(nameof(PutAccount))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = Route)] HttpRequest request, string account,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, PutAccount);
        var id = ask.Id<AccountId>(account, "account");
        var body = await ask.JsonAsync<AccountBody>(cancellationToken);
        if (ask.Judge(body is null ? [] : AccountRules.Validate(body.ToAccount(id))) is { } problem) return problem;
        var after = body!.ToAccount(id);
        return await Optimistic.PutAsync(ask, () => accounts.GetAsync(id, cancellationToken), stored => stored.Account, async before =>
        {
            if (before is not null && EntityTag.Of(before.Account) == EntityTag.Of(after)) return Answer.Tagged(after);
            var write = await accounts.WriteAsync(after, before, cancellationToken);
            if (write.Conflicts.Count > 0)
                return ProblemAnswer.Conflict([.. write.Conflicts.Select(conflict => AccountConflict.Of(conflict, after))]);
            return write.Written ? Answer.Stored(before is null, after, $"/accounts/{Uri.EscapeDataString(account)}") : null;
        });
    }

    private static readonly Operation DeleteAccount = new Operation(nameof(DeleteAccount), "Deletes an account that has no snapshots.")
        .Problem(409);

    [Function(nameof(DeleteAccount))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request, string account,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, DeleteAccount);
        var id = ask.Id<AccountId>(account, "account");
        if (ask.Problem is { } problem) return problem;
        return await Optimistic.DeleteAsync(
            ask, () => accounts.GetAsync(id, cancellationToken), stored => stored.Account, ProblemAnswer.NotFound("account", account),
            async before =>
        {
            if (await use.FindAsync(before.Numbered, cancellationToken) is { } used) return ProblemAnswer.Conflict(used);
            return await accounts.TryDeleteAsync(before, cancellationToken) ? Answer.Nothing() : null;
        });
    }
}
