using Usage.Core.Accounts.Keys;
using Usage.Core.Ids;

namespace Usage.Core.Accounts.Matching;

/// <summary>Whose own id, CRM id or domain a key is. Names and aliases belong to nobody alone.</summary>
public static class KeyOwners
{
    /// <param name="accounts">Without what was resolved.</param>
    /// <param name="but">That one's own keys don't count.</param>
    /// <returns>Null: it is no other account's own key, or that of several.</returns>
    public static AccountId? Find(AccountMatcher accounts, MatchBy by, string key, AccountId? but)
    {
        if (by == MatchBy.Name) return null;
        var owners = accounts.Find(by, key).Ordinals.Select(ordinal => accounts[ordinal])
            .Where(account => IsOwn(account, by, key)).ToList();
        return owners is [var only] && only.Id != but ? only.Id : null;
    }

    private static bool IsOwn(Account account, MatchBy by, string key) => by switch
    {
        MatchBy.AccountId => true,
        MatchBy.CrmId => account.CrmId is { } own && Same(by, own, key),
        // A parent's owner has none of its subdomains.
        _ => account.Domains.Any(own => DomainKey.Of(own) is { } domain && domain == DomainKey.Of(key)),
    };

    private static bool Same(MatchBy by, string own, string key) =>
        string.Equals(IdentifierKey.Of(by, own), IdentifierKey.Of(by, key), StringComparison.OrdinalIgnoreCase);
}
