using System.Collections.Frozen;
using Usage.Core.Values;

namespace Usage.Core.Accounts.Keys;

/// <summary>Company names in the form in which accounts are matched by them.</summary>
public static class NameKey
{
    private static readonly FrozenSet<string> LegalSuffixes = new[]
    {
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "kg", "sa",
        "sas", "sarl", "bv", "nv", "ab", "as", "aps", "oy", "spa", "srl", "pty", "kk",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// NFKC, case-folded, punctuation to spaces, white space collapsed, legal suffixes at the end dropped as long as a word is
    /// left, spelled with dots too (<c>S.p.A.</c>). Null when there is no word at all.
    /// </summary>
    public static string? Of(string text)
    {
        var words = TextWords.Of(text);
        var count = words.Length;
        while (TrailingSuffix(words.AsSpan(0, count)) is > 0 and var dropped) count -= dropped;
        return count == 0 ? null : string.Join(' ', words, 0, count);
    }

    /// <summary>How many words at the end are one legal suffix: 1, or more when its letters were dotted; never all words.</summary>
    private static int TrailingSuffix(ReadOnlySpan<string> words)
    {
        if (words.Length < 2) return 0;
        if (LegalSuffixes.Contains(words[^1])) return 1;
        var letters = words[^1];
        for (var count = 1; letters.Length == count && count + 1 < words.Length && words[^(count + 1)].Length == 1 && count < 5;)
        {
            letters = words[^(++count)] + letters;
            if (LegalSuffixes.Contains(letters)) return count;
        }
        return 0;
    }
}
