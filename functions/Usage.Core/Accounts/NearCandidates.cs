using Usage.Core.Integrations;

namespace Usage.Core.Accounts;

/// <summary>Suggests accounts for identifiers that found none, or names those that an ambiguous one found.</summary>
public sealed class NearCandidates(AccountMatcher matcher)
{
    /// <summary>The most that are suggested for one key; an ambiguous one gets all of its accounts.</summary>
    public const int Max = 5;

    public IReadOnlyList<Candidate> Find(MatchBy by, string key) =>
        [.. matcher.Find(by, key).Ordinals.Select(o => new Candidate(matcher[o].Id, matcher[o].Name, 1))];
}
