using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Functions.Accounts;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;

namespace Usage.Functions.Unmatched;

/// <summary>What the accounts that are there have against what somebody says of an identifier.</summary>
public sealed class ResolutionCheck(Roster roster)
{
    /// <returns>Null: nothing.</returns>
    public async Task<ProblemAnswer?> FindAsync(ResolveBody body, CancellationToken cancellationToken)
    {
        var accounts = await roster.GetAsync(cancellationToken);
        if (body.Account is { } named && accounts.Find(named) is null) return ProblemAnswer.NotFound("account", named.Value);
        var errors = new List<ApiError>();
        if (body.Create is { } create) errors.AddRange(Taken(accounts, create.ToAccount()));
        if (body.Ignore is null && KeyOwners.Find(accounts.Matcher, body.By, body.Key, body.Account ?? body.Create?.Id) is { } owner)
            errors.Add(new ApiError(
                "key-of-another-account", "key",
                $"\"{body.Key}\" is the {Words(body.By)} of account \"{owner}\": resolve it to that account, or take it from there first"));
        return errors.Count == 0 ? null : ProblemAnswer.Conflict(errors);
    }

    private static IEnumerable<ApiError> Taken(RosterSnapshot accounts, Account create)
    {
        if (accounts.Find(create.Id) is not null)
            yield return new ApiError(
                AccountConflict.Code, "create.id", $"account \"{create.Id}\" is there already: name it as the account instead");
        foreach (var key in UniqueKey.Of(create))
        {
            var by = key.Kind == UniqueKeyKind.CrmId ? MatchBy.CrmId : MatchBy.Domain;
            foreach (var ordinal in accounts.Matcher.Find(by, key.Text).Ordinals)
                if (accounts.Find(ordinal) is { } other && UniqueKey.Of(other.Account).Contains(key))
                    yield return Within(AccountConflict.Of(new KeyConflict(key, other.Account.Id), create));
        }
    }

    /// <summary>An error of the account's body as one of the body that has it.</summary>
    internal static ApiError Within(ApiError error) => error with { Path = $"create.{error.Path}" };

    private static string Words(MatchBy by) => by switch
    {
        MatchBy.CrmId => "CRM id",
        MatchBy.Domain => "domain",
        _ => "id",
    };
}
