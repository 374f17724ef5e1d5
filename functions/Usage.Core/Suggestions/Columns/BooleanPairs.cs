using Usage.Core.Values;

namespace Usage.Core.Suggestions.Columns;

/// <summary>Words for true and false in other languages, which a mapping has to declare.</summary>
internal static class BooleanPairs
{
    private static readonly (string[] True, string[] False)[] Pairs =
    [
        (["J", "Ja"], ["N", "Nein"]), (["Ja"], ["Nee"]), (["Ja"], ["Nej"]), (["S", "Sí", "Si"], ["N", "No"]), (["O", "Oui"], ["N", "Non"]),
        (["S", "Sim"], ["N", "Não", "Nao"]), (["V", "Vrai"], ["F", "Faux"]), (["W", "Wahr"], ["F", "Falsch"]), (["Vero"], ["Falso"]),
        (["Verdadero"], ["Falso"]), (["T", "Tak"], ["N", "Nie"]), (["Ano"], ["Ne"]), (["Igen"], ["Nem"]), (["Kyllä"], ["Ei"]),
        (["Да"], ["Нет"]), (["✓", "✔"], ["✗", "✘"]),
    ];

    private static readonly (string[] True, string[] False)[] States =
    [
        (["active"], ["inactive"]), (["enabled"], ["disabled"]), (["aktiv"], ["inaktiv"]), (["actif"], ["inactif"]),
        (["activo"], ["inactivo"]), (["open"], ["closed"]),
    ];

    /// <summary>Whether all are words that need no declaring.</summary>
    public static bool AreKnown(IReadOnlyCollection<string> words) =>
        words.Count > 0 && words.All(word => BooleanWords.Known(System.Text.Encoding.UTF8.GetBytes(word)) is not null);

    /// <param name="words">All different cells, as they are written.</param>
    /// <param name="states">Words such as active and inactive too, which are a text where nothing says that a boolean is meant.</param>
    /// <returns>The words by what they mean; null: they are no such pair.</returns>
    public static BooleanFormat? Of(IReadOnlyCollection<string> words, bool states)
    {
        foreach (var (yes, no) in states ? [.. Pairs, .. States] : Pairs)
        {
            var asTrue = words.Where(word => yes.Contains(word, StringComparer.OrdinalIgnoreCase)).ToList();
            var asFalse = words.Where(word => no.Contains(word, StringComparer.OrdinalIgnoreCase)).ToList();
            if (asTrue.Count + asFalse.Count != words.Count || asTrue.Count == 0) continue;
            return new BooleanFormat { True = Once(asTrue), False = Once(asFalse.Count > 0 ? asFalse : [no[0]]) };
        }

        return null;
    }

    private static IReadOnlyList<string> Once(IEnumerable<string> words) => [.. words.Distinct(StringComparer.OrdinalIgnoreCase)];
}
