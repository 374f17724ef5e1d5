using Usage.Core.Accounts;

namespace Usage.Storage.Accounts;

internal static class AccountContent
{
    /// <summary>Whether two accounts say the same; lists are compared in their order.</summary>
    public static bool Same(Account a, Account b) =>
        a.Id == b.Id && a.Name == b.Name && a.CrmId == b.CrmId && a.Domains.SequenceEqual(b.Domains) && a.Aliases.SequenceEqual(b.Aliases);
}
