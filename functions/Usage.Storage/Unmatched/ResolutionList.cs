using Azure;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;

namespace Usage.Storage.Unmatched;

/// <summary>What was said of identifiers of one integration at one moment, ordered by kind and key.</summary>
public sealed class ResolutionList
{
    private readonly Resolution[] _all;
    private readonly Lazy<Dictionary<(MatchBy By, string Key), int>> _places;

    internal ResolutionList(Resolution[] all, ETag? version)
    {
        (_all, Version) = (all, version);
        _places = new(() => all.Index().ToDictionary(one => (one.Item.By, IdentifierKey.Of(one.Item.By, one.Item.Key)), one => one.Index));
    }

    public IReadOnlyList<Resolution> All => _all;

    /// <summary>Null: nothing was said ever.</summary>
    public ETag? Version { get; }

    /// <param name="text">In any spelling.</param>
    public Resolution? Find(MatchBy by, string text) => FindKey(by, IdentifierKey.Of(by, text));

    /// <param name="key">As <see cref="IdentifierKey.Of"/> gives it.</param>
    public Resolution? FindKey(MatchBy by, string key) => _places.Value.TryGetValue((by, key), out var place) ? _all[place] : null;

    /// <returns>The others, and where it belongs among them.</returns>
    internal (Resolution[] Others, int Place) Without(Resolution one)
    {
        var key = IdentifierKey.Of(one.By, one.Key);
        var others = _places.Value.TryGetValue((one.By, key), out var there) ? [.. _all[..there], .. _all[(there + 1)..]] : _all;
        return (others, others.TakeWhile(other => Compare(other, one.By, key) < 0).Count());
    }

    private static int Compare(Resolution other, MatchBy by, string key) =>
        other.By != by ? other.By.CompareTo(by) : string.CompareOrdinal(IdentifierKey.Of(other.By, other.Key), key);
}
