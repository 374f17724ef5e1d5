using System.Runtime.CompilerServices;

namespace Usage.Core.Accounts;

/// <summary>Ids, exact and else ignoring case; both forms of a Salesforce id are one.</summary>
internal sealed class IdIndex
{
    private const int Short = 256;

    private readonly KeyIndex _exact;

    /// <summary>By upper case.</summary>
    private readonly KeyIndex _ignoringCase;

    private IdIndex(int capacity) => (_exact, _ignoringCase) = (new KeyIndex(capacity), new KeyIndex(capacity));

    public static IdIndex Of(IReadOnlyList<NumberedAccount> accounts, Func<Account, string?> id, bool aliases)
    {
        var index = new IdIndex(accounts.Count);
        foreach (var (ordinal, account) in accounts)
        {
            index.Add(id(account), ordinal);
            if (!aliases) continue;
            foreach (var alias in account.Aliases) index.Add(alias, ordinal);
        }

        return index;
    }

    /// <summary>An id as it stands in the file, exact only.</summary>
    public KeyMatch FindExact(ReadOnlySpan<byte> id) => _exact.Find(id);

    /// <inheritdoc cref="KeyIndex.Expect"/>
    public void Expect(ReadOnlySpan<byte> id) => _exact.Expect(id);

    public KeyMatch Find(ReadOnlySpan<char> id)
    {
        var match = _exact.Find(id);
        if (!match.IsNone) return match;

        Span<char> room = stackalloc char[SalesforceId.LongLength];
        ReadOnlySpan<char> other = room[..SalesforceId.OtherForm(id, room)];
        if (!other.IsEmpty) match = _exact.Find(other);
        if (match.IsNone) match = FindIgnoringCase(id);
        return match.IsNone && !other.IsEmpty ? FindIgnoringCase(other) : match;
    }

    [SkipLocalsInit]
    private KeyMatch FindIgnoringCase(ReadOnlySpan<char> id)
    {
        var upper = id.Length <= Short ? stackalloc char[Short] : new char[id.Length];
        return _ignoringCase.Find(upper[..id.ToUpperInvariant(upper)]);
    }

    private void Add(string? text, int ordinal)
    {
        var id = text?.Trim();
        if (string.IsNullOrEmpty(id)) return;
        AddBoth(id, ordinal);
        if (SalesforceId.OtherForm(id) is { } other) AddBoth(other, ordinal);
    }

    private void AddBoth(string id, int ordinal)
    {
        _exact.Add(id, ordinal);
        _ignoringCase.Add(id.ToUpperInvariant(), ordinal);
    }
}
