namespace Usage.Core.Snapshots.Stats;

/// <summary>
/// Counts texts: exactly up to 10,000 different ones. Past twice as many only the 10,000 most frequent are kept and the others
/// counted together, so that a column of free text can't fill the memory; a text as frequent as a plan's name is never among those.
/// </summary>
internal sealed class TextCounter
{
    public const int MaxTexts = 10_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _others;

    public void Add(string text, long count = 1)
    {
        _counts[text] = _counts.GetValueOrDefault(text) + count;
        if (_counts.Count > 2 * MaxTexts) Shrink();
    }

    public (IReadOnlyList<TextCount> Counts, long Others) ToCounts(int most)
    {
        TextCount[] kept = [.. InOrder().Take(most)];
        return (kept, _others + _counts.Values.Sum() - kept.Sum(text => text.Count));
    }

    private IEnumerable<TextCount> InOrder() => _counts
        .Select(pair => new TextCount(pair.Key, pair.Value))
        .OrderByDescending(text => text.Count).ThenBy(text => text.Value, StringComparer.Ordinal);

    private void Shrink()
    {
        foreach (var rare in InOrder().Skip(MaxTexts).ToArray())
        {
            _others += rare.Count;
            _counts.Remove(rare.Value);
        }
    }
}
