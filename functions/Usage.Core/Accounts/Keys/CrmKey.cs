namespace Usage.Core.Accounts.Keys;

public static class CrmKey
{
    /// <summary>
    /// The form in which two CRM ids are compared: trimmed, a Salesforce id in its short form. Case counts, because it does in
    /// Salesforce's short ids.
    /// </summary>
    public static string Of(string text)
    {
        var id = CellText.Trim(text);
        return id.Length == SalesforceId.LongLength ? SalesforceId.OtherForm(id) ?? id : id;
    }
}
