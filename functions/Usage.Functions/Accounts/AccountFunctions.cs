using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Erasing;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;

namespace Usage.Functions.Accounts;

public sealed class AccountFunctions(AccountStore accounts, AccountClosures closures, AccountUse use, EraseStarter erases)
{
    private const string Route = "api/accounts/{account}";

    private static readonly Operation GetAccount = new Operation(nameof(GetAccount), "An account.", Audience.Reader)
        .Shows<Account>("Account");

    [Function(nameof(GetAccount))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest http, string account,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetAccount);
        var id = request.Id<AccountId>(account, "account");
        if (request.Problem is { } problem) return problem;
        return Answer.Found((await accounts.GetAsync(id, cancellationToken))?.Account, "account", account);
    }

    private static readonly Operation PutAccount =
        new Operation(nameof(PutAccount), "Makes or changes an account. CRM ids and domains are one account's only.", Audience.Editor)
        .Json<AccountBody>("AccountBody").Stores<Account>("Account").Problem(409);

    [Function(nameof(PutAccount))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest http, string account,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PutAccount);
        var id = request.Id<AccountId>(account, "account");
        var body = await request.JsonAsync<AccountBody>(cancellationToken);
        return await Edit(request, id, account, cancellationToken).PutAsync(
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
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Route)] HttpRequest http, string account,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PatchAccount);
        var id = request.Id<AccountId>(account, "account");
        var body = await request.JsonAsync<AccountPatch>(cancellationToken);
        return await Edit(request, id, account, cancellationToken).PatchAsync(
            body is null ? null : body.Over,
            (after, _) => Task.FromResult(AccountRules.Validate(after)),
            (after, stored) => WriteAsync(after, stored, cancellationToken),
            (after, _) => Answer.Tagged(after));
    }

    private static readonly Operation DeleteAccount =
        new Operation(
            nameof(DeleteAccount),
            "Deletes an account that has no snapshots, while no run is at work; or, for admins, erases it with all that is kept of it.",
            Audience.Editor)
        .With("erase").Answers<EraseReference>(nameof(EraseReference), 202, "The erase is under way.").Problem(409);

    [Function(nameof(DeleteAccount))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest http, string account,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteAccount);
        var id = request.Id<AccountId>(account, "account");
        if (request.Flag("erase")) return await EraseAsync(request, id, client, cancellationToken);
        await using var closure = closures.Of(id);
        return await Edit(request, id, account, cancellationToken).DeleteAsync(
            stored => accounts.TryDeleteAsync(stored, cancellationToken),
            async stored =>
            {
                await closure.CloseAsync(cancellationToken);
                return await use.FindAsync(stored.Numbered, cancellationToken);
            });
    }

    private async Task<IActionResult> EraseAsync(
        ApiRequest request, AccountId id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (request.Problem is { } problem) return problem;
        if (request.Caller.Role != Role.Admin)
            return ProblemAnswer.Forbidden(
                CoreJson.Word(Role.Admin), $"\"{request.Caller.Name}\" is {CoreJson.Word(request.Caller.Role)}, and erasing needs admin.");
        var stored = await accounts.GetAsync(id, cancellationToken);
        if (stored is not null && request.Preconditions.Check(EntityTag.Of(stored.Account), null) is { } failed) return failed;
        var erase = await erases.FindAsync(id, stored?.Ordinal, cancellationToken);
        if (erase is null && stored is null) return ProblemAnswer.NotFound("account", id.Value);
        erase ??= await erases.StartAsync(client, stored!.Numbered, request.Caller.Name, cancellationToken);
        if (request.Trail is { } trail) trail.Resource = ErasedEntries.Place(erase.Id);
        return Answer.Accepted(EraseReference.Of(erase), $"/runs/{erase.Id}");
    }

    private async Task<Written<Account>> WriteAsync(Account after, StoredAccount? stored, CancellationToken cancellationToken)
    {
        var write = await accounts.WriteAsync(after, stored, cancellationToken);
        return new(write.Written ? after : null, [.. write.Conflicts.Select(conflict => AccountConflict.Of(conflict, after))]);
    }

    private Edit<StoredAccount, Account> Edit(ApiRequest request, AccountId id, string account, CancellationToken cancellationToken) =>
        new(request, "account", account) { Load = () => accounts.GetAsync(id, cancellationToken), Shown = stored => stored.Account };
}
