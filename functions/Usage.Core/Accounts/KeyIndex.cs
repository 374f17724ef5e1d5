namespace Usage.Core.Accounts;

/// <summary>From a key to the accounts that have it. Filled by one thread, then read by any number.</summary>
internal sealed class KeyIndex
{
    private readonly Dictionary<string, int> entries;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>Where a key has several accounts, its entry is the complement of an index into this.</summary>
    private readonly List<int[]> several = [];

    public KeyIndex(StringComparer comparer, int capacity)
    {
        entries = new Dictionary<string, int>(capacity, comparer);
        lookup = entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void Add(string key, int ordinal)
    {
        if (entries.TryAdd(key, ordinal)) return;
        var entry = entries[key];
        if (entry == ordinal) return;
        if (entry >= 0)
        {
            entries[key] = ~several.Count;
            several.Add([Math.Min(entry, ordinal), Math.Max(entry, ordinal)]);
        }
        else if (Array.BinarySearch(several[~entry], ordinal) is < 0 and var place)
        {
            List<int> longer = [.. several[~entry]];
            longer.Insert(~place, ordinal);
            several[~entry] = [.. longer];
        }
    }

    public KeyMatch Find(ReadOnlySpan<char> key)
    {
        if (!lookup.TryGetValue(key, out var entry)) return KeyMatch.None;
        return entry >= 0 ? new KeyMatch(entry) : new KeyMatch(several[~entry]);
    }

    /// <summary>The same index over UTF-8.</summary>
    public Utf8KeyIndex ToUtf8() => new([.. entries.Select(e => KeyValuePair.Create(e.Key, Find(e.Key)))]);
}
