using System.Security.Cryptography;
using System.Text;
using Usage.Core.Accounts.Keys;

namespace Usage.Core.Accounts.Matching;

/// <summary>
/// The one form of an identifier that all spellings of it share: two cells with the same form find the same accounts. In ids of
/// Salesforce's form case counts, since it tells customers apart there; in other ids it doesn't.
/// </summary>
public static class IdentifierKey
{
    /// <summary>Of an identifier that can be resolved, in UTF-16 units; what is longer is no key of any account.</summary>
    public const int MaxLength = 1_024;

    private const int HashLength = 32;

    /// <param name="by">The kind of key that it is looked up as.</param>
    /// <param name="text">Not blank.</param>
    /// <returns>Of a text that is no key of its kind (a free-mail address, a name without a word), the text in one case.</returns>
    public static string Of(MatchBy by, string text)
    {
        var trimmed = CellText.Trim(text);
        if (trimmed.Length > MaxLength) return Shorten(trimmed);
        return by switch
        {
            MatchBy.CrmId or MatchBy.AccountId => OfId(trimmed),
            MatchBy.Domain => DomainKey.Of(trimmed) is { } domain && !FreeMail.Is(domain) ? domain : trimmed.ToLowerInvariant(),
            _ => NameKey.Of(trimmed) ?? trimmed.ToUpperInvariant(),
        };
    }

    /// <summary>A text of any length as one that is short enough to be kept, and no other's.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxLength) return text;
        var cut = MaxLength - HashLength - 1;
        if (char.IsHighSurrogate(text[cut - 1])) cut--;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashLength / 2);
        return $"{text.AsSpan(0, cut)}…{Convert.ToHexStringLower(hash)}";
    }

    private static string OfId(string id)
    {
        if (SalesforceId.OtherForm(id) is not { } other) return id.ToUpperInvariant();
        return id.Length == SalesforceId.ShortLength ? id : other;
    }
}
