using Usage.Core.Ids;

namespace Usage.Core.Accounts.Matching;

/// <summary>The identifiers of one integration's files that somebody resolved, with the accounts that they are.</summary>
public sealed class ResolvedKeys
{
    private readonly Dictionary<(MatchBy By, string Key), int> _ordinals = [];
    private readonly HashSet<MatchBy> _kinds = [];

    /// <param name="resolutions">Of one integration; ignored identifiers are looked up as ever.</param>
    /// <param name="ordinalOf">Null: there is no such account (any more), and its resolutions have no effect.</param>
    public ResolvedKeys(IEnumerable<Resolution> resolutions, Func<AccountId, int?> ordinalOf)
    {
        foreach (var resolution in resolutions)
        {
            if (resolution.Account is not { } account || ordinalOf(account) is not { } ordinal) continue;
            _ordinals[(resolution.By, IdentifierKey.Of(resolution.By, resolution.Key))] = ordinal;
            _kinds.Add(resolution.By);
        }
    }

    public bool Has(MatchBy by) => _kinds.Contains(by);

    /// <param name="key">As <see cref="IdentifierKey.Of"/> gives it.</param>
    public KeyMatch Find(MatchBy by, string key) => _ordinals.TryGetValue((by, key), out var ordinal) ? new(ordinal) : KeyMatch.None;
}
