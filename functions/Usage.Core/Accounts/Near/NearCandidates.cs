using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;

namespace Usage.Core.Accounts.Near;

/// <summary>
/// Suggests accounts for identifiers that found none, or names those that an ambiguous one found. Safe for many threads; a
/// kind of key is indexed when it is first asked for, so that one instance should serve many keys.
/// </summary>
public sealed class NearCandidates
{
    /// <summary>The most that are suggested for one key; an ambiguous one gets all of its accounts.</summary>
    public const int Max = 5;

    /// <summary>Accounts that are less similar are not suggested.</summary>
    public const double MinScore = 0.5;

    private const int Compared = 100;
    private const int MaxKeyLength = 255;

    private readonly AccountMatcher _matcher;
    private readonly Dictionary<MatchBy, Lazy<TrigramIndex>> _indexes;

    public NearCandidates(AccountMatcher matcher)
    {
        _matcher = matcher;
        _indexes = Enum.GetValues<MatchBy>().ToDictionary(by => by, by => new Lazy<TrigramIndex>(() => Index(by)));
    }

    /// <returns>The best first; those with the same score by name, then by id.</returns>
    public IReadOnlyList<Candidate> Find(MatchBy by, string key)
    {
        var match = _matcher.Find(by, key);
        if (!match.IsNone) return Sorted(match.Ordinals.Select(o => (o, 1.0)));
        var texts = NearKeys.OfCell(by, key).Where(t => t.Length is > 0 and <= MaxKeyLength).ToList();
        var scores = new Dictionary<int, double>();
        foreach (var text in texts)
            foreach (var (other, ordinal) in _indexes[by].Value.Nearest(text, Compared))
            {
                // The key itself found nobody, so that no candidate is an exact match.
                var score = Math.Min(TextSimilarity.Of(text, other), 0.99);
                if (score >= MinScore && score > scores.GetValueOrDefault(ordinal)) scores[ordinal] = score;
            }
        return [.. Sorted(scores.Select(s => (s.Key, s.Value))).Take(Max)];
    }

    private IReadOnlyList<Candidate> Sorted(IEnumerable<(int Ordinal, double Score)> found) =>
    [
        .. found.Select(f => new Candidate(_matcher[f.Ordinal].Id, _matcher[f.Ordinal].Name, Math.Round(f.Score, 2)))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id.Value, StringComparer.Ordinal),
    ];

    private TrigramIndex Index(MatchBy by)
    {
        var index = new TrigramIndex();
        foreach (var (ordinal, account) in _matcher.Accounts)
            foreach (var text in NearKeys.OfAccount(by, account).Distinct())
                index.Add(text, ordinal);
        return index;
    }
}

/// <summary>An account that an unmatched key may have meant.</summary>
/// <param name="Score">0 to 1, 1 for the same key.</param>
public sealed record Candidate(AccountId Id, string Name, double Score);
