namespace Usage.Core.Suggestions.Columns;

/// <summary>What people and systems write where there is no value.</summary>
internal static class NullWords
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "n/a", "na", "n.a.", "n/v", "k.a.", "null", "(null)", "<null>", "none", "nil", "nan", "#n/a", "#n/v", "#value!", "#ref!", "#div/0!",
        "-", "--", "---", "–", "—", "?", "unknown", "undefined", "not available", "not applicable", "(blank)", "(empty)", "(not set)",
        "no data", "missing", @"\n", ".",
    };

    public static bool Contains(string cell) => Words.Contains(cell);
}
