using Usage.Core.Accounts.Matching;
using Usage.Core.Accounts.Unmatched;
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

    /// <summary>What another cell of the row says counts for a little less than the key itself.</summary>
    private const double OtherCells = 0.95;

    private const int Compared = 100;
    private const int MaxKeyLength = 255;

    private readonly AccountMatcher _matcher;
    private readonly Dictionary<MatchBy, Lazy<TrigramIndex>> _indexes;

    public NearCandidates(AccountMatcher matcher)
    {
        _matcher = matcher;
        _indexes = Enum.GetValues<MatchBy>().ToDictionary(by => by, by => new Lazy<TrigramIndex>(() => Index(by)));
    }

    /// <param name="others">Other cells of a row with the key. Those in columns of names and domains tell of accounts too.</param>
    /// <returns>The best first; those with the same score by name, then by id.</returns>
    public IReadOnlyList<Candidate> Find(MatchBy by, string key, IReadOnlyList<WaitingDetails.Cell> others)
    {
        var found = new Dictionary<int, Evidence>();
        var match = _matcher.Find(by, key);
        if (match.IsNone) AddNear(found, by, key, "", 1);
        else foreach (var ordinal in match.Ordinals) Add(found, ordinal, 1, $"{Words(by)} is that of this account");
        foreach (var (column, text) in others)
        {
            if (NearKeys.OfColumn(column) is not { } kind) continue;
            var same = _matcher.Find(kind, text);
            if (same.IsNone) AddNear(found, kind, text, $" in the column \"{column}\"", OtherCells);
            foreach (var ordinal in same.Ordinals)
                Add(found, ordinal, OtherCells, $"{Words(kind)} in the column \"{column}\" is that of this account");
        }

        // An ambiguous key has all of its accounts, and no other.
        return match.IsNone ? [.. Sorted(found).Take(Max)] : Sorted(found.Where(one => match.Ordinals.Contains(one.Key)));
    }

    private void AddNear(Dictionary<int, Evidence> found, MatchBy by, string cell, string place, double weight)
    {
        var near = new Dictionary<int, (double Score, string Text)>();
        foreach (var text in NearKeys.OfCell(by, cell).Where(t => t.Length is > 0 and <= MaxKeyLength))
            foreach (var (other, ordinal) in _indexes[by].Value.Nearest(text, Compared))
            {
                // The cell itself found nobody, so that no candidate is an exact match.
                var score = Math.Min(TextSimilarity.Of(text, other), 0.99) * weight;
                if (score >= MinScore && score > near.GetValueOrDefault(ordinal).Score) near[ordinal] = (score, other);
            }

        foreach (var (ordinal, (score, text)) in near) Add(found, ordinal, score, $"{Words(by)}{place} is near to \"{text}\"");
    }

    private static void Add(Dictionary<int, Evidence> found, int ordinal, double score, string why)
    {
        var before = found.GetValueOrDefault(ordinal, new Evidence(0, []));
        found[ordinal] = new Evidence(Math.Max(before.Score, score), [.. before.Why, (score, why)]);
    }

    private static string Words(MatchBy by) => by switch
    {
        MatchBy.CrmId => "the CRM id",
        MatchBy.Domain => "the domain",
        MatchBy.Name => "the name",
        _ => "the account id",
    };

    private IReadOnlyList<Candidate> Sorted(IEnumerable<KeyValuePair<int, Evidence>> found) =>
    [
        .. found.Select(f => new Candidate(_matcher[f.Key].Id, _matcher[f.Key].Name, Math.Round(f.Value.Score, 2), f.Value.Told))
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

    private sealed record Evidence(double Score, IReadOnlyList<(double Score, string Why)> Why)
    {
        public string Told => string.Join("; ", Why.OrderByDescending(one => one.Score).Select(one => one.Why));
    }
}

/// <summary>An account that an unmatched key may have meant.</summary>
/// <param name="Score">0 to 1, 1 for the same key.</param>
/// <param name="Why">What speaks for it: the account's own texts, and the columns of the row, but none of its cells.</param>
public sealed record Candidate(AccountId Id, string Name, double Score, string Why);
