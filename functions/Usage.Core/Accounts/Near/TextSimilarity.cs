namespace Usage.Core.Accounts.Near;

/// <summary>How similar two texts are, from 0 to 1.</summary>
internal static class TextSimilarity
{
    /// <summary>Names and domains are hardly ever longer.</summary>
    private const int MostOnStack = 64;

    /// <summary>The higher of two measures, by characters and by words. The same words in another order give 0.95.</summary>
    public static double Of(string a, string b) => Math.Max(Edits(a, b), 0.95 * Words(a, b));

    /// <summary>1 less the share of characters that are inserted, left out, changed, or swapped with their neighbour.</summary>
    public static double Edits(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return a.Length == b.Length ? 1 : 0;
        var length = b.Length + 1;
        Span<int> rows = length <= MostOnStack ? stackalloc int[3 * length] : new int[3 * length];
        var before = rows[..length];
        var previous = rows[length..(2 * length)];
        var current = rows[(2 * length)..];
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }
        return 1 - (double)previous[b.Length] / Math.Max(a.Length, b.Length);
    }

    /// <summary>Twice the words in common, of all words.</summary>
    private static double Words(string a, string b)
    {
        if (!a.Contains(' ') && !b.Contains(' ')) return a == b ? 1 : 0;
        var (x, y) = (a.Split(' ').ToHashSet(), b.Split(' ').ToHashSet());
        return 2.0 * x.Count(y.Contains) / (x.Count + y.Count);
    }
}
