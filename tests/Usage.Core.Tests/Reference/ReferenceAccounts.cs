using Usage.Core.Accounts;

namespace Usage.Core.Tests.Reference;

/// <summary>
/// Matching without the finer points, which the matcher's own tests have: ids as they stand, plain lower-case domains, names in any case.
/// </summary>
public static class ReferenceAccounts
{
    public static IReadOnlyList<NumberedAccount> Find(IReadOnlyList<NumberedAccount> accounts, MatchBy by, string cell) => by switch
    {
        MatchBy.AccountId => [.. accounts.Where(a => a.Account.Id.Value == cell)],
        MatchBy.CrmId => [.. accounts.Where(a => a.Account.CrmId == cell || a.Account.Aliases.Contains(cell))],
        MatchBy.Name =>
            [.. accounts.Where(a => a.Account.Aliases.Prepend(a.Account.Name).Contains(cell, StringComparer.OrdinalIgnoreCase))],
        _ => ByDomain(accounts, cell),
    };

    private static NumberedAccount[] ByDomain(IReadOnlyList<NumberedAccount> accounts, string domain)
    {
        while (domain.Contains('.', StringComparison.Ordinal))
        {
            var found = accounts.Where(a => a.Account.Domains.Concat(a.Account.Aliases).Contains(domain)).ToArray();
            if (found.Length > 0) return found;
            domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..];
        }

        return [];
    }
}
