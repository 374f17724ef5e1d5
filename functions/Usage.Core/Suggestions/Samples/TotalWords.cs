namespace Usage.Core.Suggestions.Samples;

/// <summary>How rows begin that sum others up.</summary>
internal static class TotalWords
{
    // The longer first, so that the whole of it is found.
    private static readonly string[] Words =
    [
        "grand total", "total general", "total général", "gesamtsumme", "zwischensumme", "subtotal", "sub-total", "sub total", "totals",
        "totale", "totaal", "total", "gesamt", "summe", "suma", "sum", "overall",
        "average", "avg", "mean", "durchschnitt", "mittelwert", "moyenne", "promedio", "media", "gemiddelde",
    ];

    /// <returns>The word that a cell is, or begins with; null: none.</returns>
    public static string? Of(string cell)
    {
        foreach (var word in Words)
        {
            if (!cell.StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            if (cell.Length == word.Length || !char.IsLetterOrDigit(cell[word.Length])) return cell[..word.Length];
        }

        return null;
    }
}
