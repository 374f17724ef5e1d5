using Usage.Core.Accounts;
using Usage.Core.Accounts.Keys;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;

namespace Usage.Functions.Accounts;

/// <summary>Says who has the key already.</summary>
internal static class AccountConflict
{
    public const string Code = "already-taken";

    public static ApiError Of(KeyConflict conflict, Account account)
    {
        if (conflict.Key.Kind == UniqueKeyKind.CrmId)
            return new(Code, "crmId", $"CRM id \"{account.CrmId}\" is account \"{conflict.Holder}\"'s already");
        var index = account.Domains.TakeWhile(domain => DomainKey.Of(domain) != conflict.Key.Text).Count();
        return new(Code, $"domains[{index}]", $"domain \"{conflict.Key.Text}\" is account \"{conflict.Holder}\"'s already");
    }
}
