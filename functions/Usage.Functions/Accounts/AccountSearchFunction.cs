using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Functions.Http;
using Usage.Storage.Accounts;

namespace Usage.Functions.Accounts;

/// <summary>The list of accounts, or of those that have a text in their id, name, CRM id, domains or aliases, any case.</summary>
public sealed class AccountSearchFunction(Roster roster)
{
    private static readonly Operation SearchAccounts =
        new Operation(nameof(SearchAccounts), "All accounts, or those with a text in their id, name, CRM id, domains or aliases.",
            Audience.Reader)
        .With("search").Paged().Answers<Page<Account>>("AccountPage");

    [Function(nameof(SearchAccounts))]
    public async Task<IActionResult> Search(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/accounts")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, SearchAccounts);
        var page = request.Page();
        var text = request.Text("search")?.Trim() ?? "";
        if (request.Problem is { } problem) return problem;
        var all = (await roster.GetAsync(cancellationToken)).Accounts.Select(numbered => numbered.Account);
        return Answer.Ok(page.Of(text.Length == 0 ? all : all.Where(account => Has(account, text)), account => account.Id.Value));
    }

    private static bool Has(Account account, string text)
    {
        return Contains(account.Id.Value) || Contains(account.Name) || (account.CrmId is { } crmId && Contains(crmId))
            || account.Domains.Any(Contains) || account.Aliases.Any(Contains);

        bool Contains(string value) => value.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
