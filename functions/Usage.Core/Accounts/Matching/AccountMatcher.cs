using System.Text;
using Usage.Core.Accounts.Keys;

namespace Usage.Core.Accounts.Matching;

/// <summary>
/// Finds accounts by the keys in a file's cells. Safe for many threads; a kind of key is indexed when it is first asked for,
/// and a hit by id allocates nothing.
/// </summary>
public sealed class AccountMatcher : IRowAccounts
{
    /// <summary>Keys are shorter than this; longer cells find nobody.</summary>
    private const int MaxIdBytes = 1024;

    private const int MaxTextBytes = 8192;

    /// <summary>By ordinal, the account's index in the list plus one; 0 where no account has the ordinal.</summary>
    private readonly int[] _places;

    private readonly Lazy<IdIndex> _crmIds;
    private readonly Lazy<IdIndex> _accountIds;
    private readonly Lazy<KeyIndex> _domains;
    private readonly Lazy<KeyIndex> _names;

    /// <summary>Null: nothing is resolved.</summary>
    private readonly ResolvedKeys? _resolved;

    public AccountMatcher(IReadOnlyList<NumberedAccount> accounts)
    {
        Accounts = accounts;
        _places = Places(accounts);
        _crmIds = new(() => new IdIndex(accounts, account => account.CrmId is { } id ? account.Aliases.Prepend(id) : account.Aliases));
        _accountIds = new(() => new IdIndex(accounts, account => [account.Id.Value]));
        _domains = new(() => IndexDomains(accounts));
        _names = new(() => IndexNames(accounts));
    }

    private AccountMatcher(AccountMatcher other, ResolvedKeys resolved)
    {
        (Accounts, _places, _resolved) = (other.Accounts, other._places, resolved);
        (_crmIds, _accountIds, _domains, _names) = (other._crmIds, other._accountIds, other._domains, other._names);
    }

    public IReadOnlyList<NumberedAccount> Accounts { get; }

    /// <summary>One more than the highest ordinal that an account has.</summary>
    public int OrdinalCount => _places.Length;

    /// <exception cref="KeyNotFoundException">No account of this matcher has the ordinal.</exception>
    public Account this[int ordinal] => Find(ordinal)?.Account ?? throw new KeyNotFoundException($"no account has the ordinal {ordinal}");

    /// <summary>Null: no account has it (any more).</summary>
    public NumberedAccount? Find(int ordinal) =>
        (uint)ordinal < (uint)_places.Length && _places[ordinal] is > 0 and var place ? Accounts[place - 1] : null;

    public Account? AccountOf(int ordinal) => Find(ordinal)?.Account;

    KeyMatch IRowAccounts.Find(long row, int rule, MatchBy by, ReadOnlySpan<byte> cell) => Find(by, cell);

    /// <summary>The same accounts; an identifier that is resolved finds what it was said to be, and nobody else.</summary>
    public AccountMatcher With(ResolvedKeys resolved) => new(this, resolved);

    /// <param name="cell">UTF-8, and not a null token: that is checked before.</param>
    public KeyMatch Find(MatchBy by, ReadOnlySpan<byte> cell)
    {
        var isId = by is MatchBy.CrmId or MatchBy.AccountId;
        if (cell.IsEmpty || cell.Length > (isId ? MaxIdBytes : MaxTextBytes)) return KeyMatch.None;
        if (isId && _resolved?.Has(by) != true && Ids(by).FindExact(CellText.Trim(cell)) is { IsNone: false } match) return match;
        var chars = cell.Length <= 256 ? stackalloc char[256] : new char[cell.Length];
        return Find(by, chars[..Encoding.UTF8.GetChars(cell, chars)]);
    }

    /// <inheritdoc cref="Find(MatchBy, ReadOnlySpan{byte})"/>
    public KeyMatch Find(MatchBy by, ReadOnlySpan<char> key)
    {
        key = CellText.Trim(key);
        if (key.IsEmpty) return KeyMatch.None;
        if (_resolved?.Has(by) == true && _resolved.Find(by, IdentifierKey.Of(by, key.ToString())) is { IsNone: false } said) return said;
        return by switch
        {
            MatchBy.CrmId or MatchBy.AccountId => Ids(by).Find(key),
            MatchBy.Domain => FindDomain(key),
            _ => FindName(key),
        };
    }

    private static int[] Places(IReadOnlyList<NumberedAccount> accounts)
    {
        int[] ordinals = [.. accounts.Select(account => account.Ordinal)];
        var places = new int[ordinals.Length == 0 ? 0 : ordinals.Max() + 1];
        for (var place = 0; place < ordinals.Length; place++) places[ordinals[place]] = place + 1;
        return places;
    }

    private static KeyIndex IndexDomains(IReadOnlyList<NumberedAccount> accounts)
    {
        var index = new KeyIndex(accounts.Count);
        foreach (var (ordinal, account) in accounts)
            foreach (var text in account.Domains.Concat(account.Aliases))
                if (DomainKey.Of(text) is { } domain && !FreeMail.Is(domain)) index.Add(domain, ordinal);
        return index;
    }

    private static KeyIndex IndexNames(IReadOnlyList<NumberedAccount> accounts)
    {
        var index = new KeyIndex(accounts.Count);
        foreach (var (ordinal, account) in accounts)
            foreach (var text in account.Aliases.Prepend(account.Name))
                if (NameKey.Of(text) is { } name) index.Add(name, ordinal);
        return index;
    }

    private IdIndex Ids(MatchBy by) => by == MatchBy.CrmId ? _crmIds.Value : _accountIds.Value;

    private KeyMatch FindDomain(ReadOnlySpan<char> text)
    {
        // The index holds normalized keys, so that a cell that equals one needs no normalizing.
        var match = _domains.Value.Find(text);
        if (!match.IsNone) return match;
        var domain = DomainKey.Of(text);
        if (domain is null || FreeMail.Is(domain)) return KeyMatch.None;
        for (var name = domain.AsSpan(); match.IsNone && !name.IsEmpty; name = DomainKey.Parent(name)) match = FindHost(name);
        return match;
    }

    private KeyMatch FindHost(ReadOnlySpan<char> name) =>
        _resolved?.Has(MatchBy.Domain) == true && _resolved.Find(MatchBy.Domain, name.ToString()) is { IsNone: false } said
            ? said : _domains.Value.Find(name);

    private KeyMatch FindName(ReadOnlySpan<char> text)
    {
        var match = _names.Value.Find(text);
        if (!match.IsNone) return match;
        return NameKey.Of(text.ToString()) is { } key ? _names.Value.Find(key) : KeyMatch.None;
    }
}
