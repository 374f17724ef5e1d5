namespace Usage.Core.Accounts.Keys;

/// <summary>Keys in the one form in which they are compared.</summary>
public static class AccountKeys
{
    /// <summary>
    /// Two accounts with the same one have the same CRM id: trimmed, and the short form of a Salesforce id. Case counts, since in
    /// Salesforce's short ids it does.
    /// </summary>
    public static string CrmId(string text)
    {
        var id = text.Trim();
        return id.Length == SalesforceId.LongLength ? SalesforceId.OtherForm(id) ?? id : id;
    }

    /// <summary>The host name of a domain, URL or e-mail address, as <see cref="DomainKey.Of"/>; null when there is none.</summary>
    public static string? Domain(string text) => DomainKey.Of(text);

    /// <summary>A company's name without what varies, as <see cref="NameKey.Of"/>; null when nothing is left.</summary>
    public static string? Name(string text) => NameKey.Of(text);
}
