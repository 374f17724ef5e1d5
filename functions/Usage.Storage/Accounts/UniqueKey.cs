using Usage.Core.Accounts;
using Usage.Core.Accounts.Keys;

namespace Usage.Storage.Accounts;

public enum UniqueKeyKind { CrmId, Domain }

/// <summary>A key that one account only can have, in the one form in which it is compared.</summary>
public readonly record struct UniqueKey(UniqueKeyKind Kind, string Text)
{
    public static IReadOnlyList<UniqueKey> Of(Account account)
    {
        var keys = new List<UniqueKey>();
        if (!string.IsNullOrWhiteSpace(account.CrmId)) keys.Add(new(UniqueKeyKind.CrmId, CrmKey.Of(account.CrmId)));
        foreach (var domain in account.Domains)
            if (DomainKey.Of(domain) is { } text && !keys.Contains(new(UniqueKeyKind.Domain, text)))
                keys.Add(new(UniqueKeyKind.Domain, text));
        return keys;
    }
}
