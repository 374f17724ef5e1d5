using Usage.Core.Accounts.Keys;

namespace Usage.Core.Accounts.Matching;

/// <summary>Finds accounts by id: exactly, or else ignoring case. The two forms of a Salesforce id are the same id.</summary>
internal sealed class IdIndex
{
    private const int Short = 256;

    private readonly KeyIndex _exact;

    /// <summary>By the id in upper case; only built when an id is not found exactly.</summary>
    private readonly Lazy<KeyIndex> _ignoringCase;

    /// <param name="ids">Of an account.</param>
    public IdIndex(IReadOnlyList<NumberedAccount> accounts, Func<Account, IEnumerable<string>> ids)
    {
        _exact = Index(accounts, ids, id => id);
        _ignoringCase = new(() => Index(accounts, ids, id => id.ToUpperInvariant()));
    }

    /// <summary>Looks an id up exactly as it stands in the file.</summary>
    public KeyMatch FindExact(ReadOnlySpan<byte> id) => _exact.Find(id);

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

    private KeyMatch FindIgnoringCase(ReadOnlySpan<char> id)
    {
        var upper = id.Length <= Short ? stackalloc char[Short] : new char[id.Length];
        return _ignoringCase.Value.Find(upper[..id.ToUpperInvariant(upper)]);
    }

    private static KeyIndex Index(
        IReadOnlyList<NumberedAccount> accounts, Func<Account, IEnumerable<string>> ids, Func<string, string> form)
    {
        var index = new KeyIndex(accounts.Count);
        foreach (var (ordinal, account) in accounts)
        {
            foreach (var text in ids(account))
            {
                var id = CellText.Trim(text);
                if (id.Length == 0) continue;
                index.Add(form(id), ordinal);
                if (SalesforceId.OtherForm(id) is { } other) index.Add(form(other), ordinal);
            }
        }

        return index;
    }
}
