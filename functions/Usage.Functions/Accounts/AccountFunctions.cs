using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Storage.Accounts;

namespace Usage.Functions.Accounts;

public sealed class AccountFunctions(AccountStore accounts, AccountClosures closures, AccountUse use)
{
    private const string Route = "api/accounts/{account}";

    private static readonly Operation GetAccount = new Operation(nameof(GetAccount), "An account.", Audience.Reader)
        .Shows<Account>("Account");

    [Function(nameof(GetAccount))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string account,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, GetAccount);
        var id = ask.Id<AccountId>(account, "account");
        if (ask.Problem is { } problem) return problem;
        return Answer.Found((await accounts.GetAsync(id, cancellationToken))?.Account, "account", account);
    }

    private static readonly Operation PutAccount =
        new Operation(nameof(PutAccount), "Makes or changes an account. CRM ids and domains are one account's only.", Audience.Editor)
        .Json<AccountBody>("AccountBody").Stores<Account>("Account").Problem(409);

    [Function(nameof(PutAccount))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, string account,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, PutAccount);
        var id = ask.Id<AccountId>(account, "account");
        var body = await ask.JsonAsync<AccountBody>(cancellationToken);
        return await Edit(ask, id, account, cancellationToken).PutAsync(
            body is null ? null : _ => body.ToAccount(id),
            (after, _) => Task.FromResult(AccountRules.Validate(after)),
            (after, stored) => WriteAsync(after, stored, cancellationToken),
            (after, made, _) => Answer.Stored(made, after, $"/accounts/{Uri.EscapeDataString(account)}"));
    }

    private static readonly Operation PatchAccount =
        new Operation(nameof(PatchAccount), "Changes what is named of an account; the rest stays as it is.", Audience.Editor)
        .MergePatch<AccountPatch>("AccountPatch").Shows<Account>("Account").Problem(409);

    [Function(nameof(PatchAccount))]
    public async Task<IActionResult> Patch(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Route)] HttpRequest request, string account,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, PatchAccount);
        var id = ask.Id<AccountId>(account, "account");
        var body = await ask.JsonAsync<AccountPatch>(cancellationToken);
        return await Edit(ask, id, account, cancellationToken).PatchAsync(
            body is null ? null : body.Over,
            (after, _) => Task.FromResult(AccountRules.Validate(after)),
            (after, stored) => WriteAsync(after, stored, cancellationToken),
            (after, _) => Answer.Tagged(after));
    }

    private static readonly Operation DeleteAccount =
        new Operation(nameof(DeleteAccount), "Deletes an account that has no snapshots, while no run is at work.", Audience.Editor)
        .Problem(409);

    [Function(nameof(DeleteAccount))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request, string account,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, DeleteAccount);
        var id = ask.Id<AccountId>(account, "account");
        await using var closure = closures.Of(id);
        return await Edit(ask, id, account, cancellationToken).DeleteAsync(
            stored => accounts.TryDeleteAsync(stored, cancellationToken),
            async stored =>
            {
                await closure.CloseAsync(cancellationToken);
                return await use.FindAsync(stored.Numbered, cancellationToken);
            });
    }

    private async Task<Written<Account>> WriteAsync(Account after, StoredAccount? stored, CancellationToken cancellationToken)
    {
        var write = await accounts.WriteAsync(after, stored, cancellationToken);
        return new(write.Written ? after : null, [.. write.Conflicts.Select(conflict => AccountConflict.Of(conflict, after))]);
    }

    private Edit<StoredAccount, Account> Edit(ApiRequest ask, AccountId id, string account, CancellationToken cancellationToken) =>
        new(ask, "account", account) { Load = () => accounts.GetAsync(id, cancellationToken), Shown = stored => stored.Account };
}
