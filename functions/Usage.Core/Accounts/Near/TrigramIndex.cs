using System.Buffers;

namespace Usage.Core.Accounts.Near;

/// <summary>Finds the few texts worth comparing among many: those that share the most runs of three characters.</summary>
internal sealed class TrigramIndex
{
    private readonly List<(string Text, int Ordinal)> _entries = [];
    private readonly List<int> _sizes = [];
    private readonly Dictionary<ulong, List<int>> _postings = [];

    public void Add(string text, int ordinal)
    {
        var trigrams = Trigrams(text);
        foreach (var trigram in trigrams)
        {
            if (!_postings.TryGetValue(trigram, out var list)) _postings[trigram] = list = [];
            list.Add(_entries.Count);
        }
        _entries.Add((text, ordinal));
        _sizes.Add(trigrams.Count);
    }

    /// <summary>At most so many texts, those with the largest share of common trigrams, earlier ones first where they tie.</summary>
    public IReadOnlyList<(string Text, int Ordinal)> Nearest(string text, int max)
    {
        var trigrams = Trigrams(text);
        var common = ArrayPool<int>.Shared.Rent(_entries.Count);
        Array.Clear(common, 0, _entries.Count);
        foreach (var trigram in trigrams)
            foreach (var entry in _postings.GetValueOrDefault(trigram) ?? [])
                common[entry]++;

        // The queue drops its smallest element first: the smallest share, then the latest entry.
        var best = new PriorityQueue<int, (double Share, int Earliness)>(max + 1);
        for (var entry = 0; entry < _entries.Count; entry++)
        {
            if (common[entry] == 0) continue;
            var share = (2.0 * common[entry] / (trigrams.Count + _sizes[entry]), -entry);
            if (best.Count < max) best.Enqueue(entry, share);
            else best.EnqueueDequeue(entry, share);
        }
        ArrayPool<int>.Shared.Return(common);
        return [.. best.UnorderedItems.Select(i => _entries[i.Element])];
    }

    private static HashSet<ulong> Trigrams(string text)
    {
        var trigrams = new HashSet<ulong>();
        var (a, b) = (0UL, (ulong)' ');
        foreach (ulong c in $"{text} ")
        {
            if (a != 0) trigrams.Add(a << 32 | b << 16 | c);
            (a, b) = (b, c);
        }
        return trigrams;
    }
}
