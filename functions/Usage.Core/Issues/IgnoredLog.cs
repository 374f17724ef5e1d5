namespace Usage.Core.Issues;

/// <summary>Collects what is ignored of a file, in memory that doesn't grow with it.</summary>
internal sealed class IgnoredLog
{
    private const int MaxSamples = 10;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public void Add(string why, long line, ReadOnlySpan<byte> text, int mostSamples = MaxSamples)
    {
        if (!_entries.TryGetValue(why, out var entry)) _entries.Add(why, entry = new Entry());
        entry.Count++;
        if (entry.Samples.Count < mostSamples) entry.Samples.Add(new IgnoredSample(line, CellText.Shown(text, CellText.MaxShownOfRow)));
    }

    /// <summary>In the order in which the reasons came up.</summary>
    public IReadOnlyList<IgnoredRows> ToRows() => [.. _entries.Select(e => new IgnoredRows(e.Key, e.Value.Count, [.. e.Value.Samples]))];

    private sealed class Entry
    {
        public long Count { get; set; }

        public List<IgnoredSample> Samples { get; } = [];
    }
}
