using Usage.Core.Accounts.Keys;

namespace Usage.Core.Accounts.Matching;

/// <summary>Indexes by normalized keys.</summary>
internal static class AccountIndexes
{
    public static KeyIndex Domains(IReadOnlyList<NumberedAccount> accounts)
    {
        var index = new KeyIndex(accounts.Count);
        foreach (var (ordinal, account) in accounts)
            foreach (var text in account.Domains.Concat(account.Aliases))
                if (DomainKey.Of(text) is { } domain && !FreeMail.Is(domain)) index.Add(domain, ordinal);
        return index;
    }

    public static KeyIndex Names(IReadOnlyList<NumberedAccount> accounts)
    {
        var index = new KeyIndex(accounts.Count);
        foreach (var (ordinal, account) in accounts)
            foreach (var text in account.Aliases.Prepend(account.Name))
                if (NameKey.Of(text) is { } name) index.Add(name, ordinal);
        return index;
    }
}
