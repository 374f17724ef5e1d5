using System.Globalization;
using System.Text;

namespace Usage.Core.Values;

/// <summary>The words of a text as names are compared by them: NFKC, case-folded, punctuation taken for white space.</summary>
internal static class TextWords
{
    public static string[] Of(string text)
    {
        var spaced = new StringBuilder(text.Length);
        foreach (var rune in Fold(text).EnumerateRunes())
        {
            if (IsGap(rune)) spaced.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format) spaced.Append(rune.ToString());
        }
        return spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Fold(string text)
    {
        // Half characters can't be normalized; as replacement characters they are at least the same everywhere.
        if (!Ascii.IsValid(text)) text = string.Concat(text.EnumerateRunes());
        if (!text.IsNormalized(NormalizationForm.FormKC)) text = text.Normalize(NormalizationForm.FormKC);
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        // Upper case first brings together what only there is one (final sigma); sharp s is the folding that simple mappings lack.
        var folded = text.ToUpperInvariant().ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal);
        return folded.Normalize(NormalizationForm.FormKC);
    }

    private static bool IsGap(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
        or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
        or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation
        or UnicodeCategory.OtherSymbol or UnicodeCategory.Control;
}
