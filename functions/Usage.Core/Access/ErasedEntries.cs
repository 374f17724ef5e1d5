using System.Text.Json;
using System.Text.Json.Nodes;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Core.Access;

/// <summary>Takes an erased account out of the audit: of its entries the names of fields stay, and which run erased it.</summary>
public sealed class ErasedEntries
{
    private const string Accounts = "accounts/";

    private readonly RunId _erase;
    private readonly AccountId _account;
    private readonly IReadOnlySet<string> _texts;

    /// <param name="said">What somebody said to be the account.</param>
    public ErasedEntries(RunId erase, Account account, IEnumerable<Resolution> said) =>
        (_erase, _account, _texts) = (erase, account.Id, new AccountNames(account, said).Texts);

    /// <summary>What takes the account's place in a path.</summary>
    public static string Place(RunId erase) => $"{Accounts}erased by {erase}";

    /// <returns>Null: the entry has nothing of the account.</returns>
    public AuditEntry? Without(AuditEntry entry)
    {
        var isIts = entry.Resource == $"{Accounts}{_account}"
            || entry.Resource.StartsWith($"{Accounts}{_account}/", StringComparison.Ordinal);
        if (!isIts && !Names(entry.Before) && !Names(entry.After)) return null;
        return entry with
        {
            Resource = isIts ? Place(_erase) + entry.Resource[(Accounts.Length + _account.Value.Length)..] : entry.Resource,
            Before = FieldsOf(entry.Before),
            After = FieldsOf(entry.After),
        };
    }

    private bool Names(JsonElement? value) => value is { } there && Names(there);

    private bool Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => _texts.Contains(value.GetString()!),
        JsonValueKind.Object => value.EnumerateObject().Any(member => _texts.Contains(member.Name) || Names(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(Names),
        _ => false,
    };

    private static JsonElement? FieldsOf(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } there
        ? JsonSerializer.SerializeToElement(new JsonObject(
            there.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, default(JsonNode)))))
        : null;
}
