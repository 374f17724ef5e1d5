using Usage.Core.Accounts;

namespace Usage.Core.Tests.Reference;

/// <summary>
/// Matching without the finer points, which the matcher's own tests have: ids as they stand, plain lower-case domains, names in any case.
/// </summary>
public static class ReferenceAccounts
{
    /// <param name="resolutions">They come before all accounts that have the key: of a domain, before each step to its parent.</param>
    public static IReadOnlyList<NumberedAccount> Find(
        IReadOnlyList<NumberedAccount> accounts, MatchBy by, string cell, IReadOnlyList<Resolution> resolutions)
    {
        var said = resolutions.Where(one => one.By == by && one.Account is not null && IsSame(by, one.Key, cell))
            .SelectMany(one => accounts.Where(account => account.Account.Id == one.Account)).ToArray();
        return said.Length > 0 ? said : Find(accounts, by, cell, domain => Find(accounts, by, domain, resolutions));
    }

    private static bool IsSame(MatchBy by, string key, string cell) => string.Equals(
        Bare(by, key), Bare(by, cell), by is MatchBy.Domain ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string Bare(MatchBy by, string text) => by == MatchBy.Domain
        ? text.Split('@')[^1].ToLowerInvariant() : by == MatchBy.Name ? text.Replace(" Inc", "", StringComparison.OrdinalIgnoreCase) : text;

    private static IReadOnlyList<NumberedAccount> Find(
        IReadOnlyList<NumberedAccount> accounts, MatchBy by, string cell, Func<string, IReadOnlyList<NumberedAccount>> parent) => by switch
        {
            MatchBy.AccountId => [.. accounts.Where(a => a.Account.Id.Value == cell)],
            MatchBy.CrmId => [.. accounts.Where(a => a.Account.CrmId == cell || a.Account.Aliases.Contains(cell))],
            MatchBy.Name =>
                [.. accounts.Where(a => a.Account.Aliases.Prepend(a.Account.Name).Contains(cell, StringComparer.OrdinalIgnoreCase))],
            _ => ByDomain(accounts, cell, parent),
        };

    private static IReadOnlyList<NumberedAccount> ByDomain(
        IReadOnlyList<NumberedAccount> accounts, string domain, Func<string, IReadOnlyList<NumberedAccount>> parent)
    {
        if (!domain.Contains('.', StringComparison.Ordinal)) return [];
        var found = accounts.Where(a => a.Account.Domains.Concat(a.Account.Aliases).Contains(domain)).ToArray();
        return found.Length > 0 ? found : parent(domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..]);
    }
}
