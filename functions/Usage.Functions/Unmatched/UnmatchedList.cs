using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Functions.Settings;
using Usage.Storage.Accounts;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>
/// The identifiers that wait for somebody: without those that find an account meanwhile, and those of which somebody said what they are.
/// </summary>
public sealed class UnmatchedList(
    UnmatchedReader unmatched, ResolutionStore resolutions, Roster roster, UsageOptions options, TimeProvider clock)
{
    /// <summary>Lists whose counts are kept: counting looks at each identifier.</summary>
    private const int MaxKept = 64;

    private readonly Dictionary<string, long> _counts = [];
    private RosterSnapshot? _countedWith;

    /// <param name="Search">A text that the key has, in any case, or another cell of the row for those who see such; null: any.</param>
    public sealed record Query(IntegrationId? Integration, string? Search, bool SeesRawRows);

    /// <summary>As things are at one moment.</summary>
    public sealed record Basis(
        UnmatchedReader.Basis Index, RosterSnapshot Accounts, IReadOnlyDictionary<IntegrationId, ResolutionList> Resolutions,
        DateOnly Today);

    public async Task<Basis> OpenAsync(Query query, CancellationToken cancellationToken)
    {
        var index = await unmatched.OpenAsync(query.Integration, cancellationToken);
        var said = new Dictionary<IntegrationId, ResolutionList>();
        foreach (var (integration, _) in index.Integrations)
            said[integration] = await resolutions.ReadAsync(integration, cancellationToken);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), options.GetZone()).DateTime);
        return new Basis(index, await roster.GetAsync(cancellationToken), said, today);
    }

    /// <param name="after">Null: from the beginning.</param>
    /// <param name="whole">Much of the list is read, not a page of it.</param>
    public IAsyncEnumerable<UnmatchedKey> ReadAsync(
        Query query, Basis basis, UnmatchedPlace? after, bool whole, CancellationToken cancellationToken) =>
        unmatched.ReadAsync(basis.Index, after, whole, cancellationToken).Where(one =>
            IsWanted(one.Key, query)
            && basis.Resolutions[one.Integration].FindKey(one.Key.By, one.Key.Key)?.Hides(basis.Today) != true
            && !basis.Accounts.Matcher.Find(one.Key.By, one.Key.Text).IsOne);

    /// <summary>Of all pages.</summary>
    public async Task<long> CountAsync(Query query, Basis basis, CancellationToken cancellationToken)
    {
        var versions = string.Join(' ', basis.Resolutions.Select(said => $"{said.Value.Version}"));
        var name = $"{basis.Index}|{versions}|{basis.Today:O}|{query.SeesRawRows}|{query.Search}";
        lock (_counts)
        {
            if (_countedWith == basis.Accounts && _counts.TryGetValue(name, out var known)) return known;
        }

        var count = await ReadAsync(query, basis, null, whole: true, cancellationToken).LongCountAsync(cancellationToken);
        lock (_counts)
        {
            if (_countedWith != basis.Accounts || _counts.Count >= MaxKept) _counts.Clear();
            _countedWith = basis.Accounts;
            return _counts[name] = count;
        }
    }

    private static bool IsWanted(WaitingKey key, Query query) => query.Search is not { } text || Has(key.Text, text)
        || (query.SeesRawRows && WaitingDetails.Cells(key.PackedContext).Any(cell => Has(cell.Text, text)));

    private static bool Has(string whole, string text) => whole.Contains(text, StringComparison.OrdinalIgnoreCase);
}
