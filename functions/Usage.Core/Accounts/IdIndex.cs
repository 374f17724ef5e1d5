namespace Usage.Core.Accounts;

/// <summary>Ids, exact and else ignoring case; both forms of a Salesforce id are one.</summary>
internal sealed class IdIndex
{
    private readonly KeyIndex exact;
    private readonly KeyIndex ignoringCase;

    private Utf8KeyIndex? utf8;

    private IdIndex(int capacity)
    {
        exact = new KeyIndex(StringComparer.Ordinal, capacity);
        ignoringCase = new KeyIndex(StringComparer.OrdinalIgnoreCase, capacity);
    }

    public static IdIndex Of(IReadOnlyList<NumberedAccount> accounts, Func<Account, string?> id, bool aliases)
    {
        var index = new IdIndex(accounts.Count);
        foreach (var (ordinal, account) in accounts)
        {
            index.Add(id(account), ordinal);
            if (!aliases) continue;
            foreach (var alias in account.Aliases) index.Add(alias, ordinal);
        }
        index.utf8 = index.exact.ToUtf8();
        return index;
    }

    /// <summary>An id as it stands in the file, exact only.</summary>
    public KeyMatch FindExact(ReadOnlySpan<byte> id) => utf8!.Find(id);

    public KeyMatch Find(ReadOnlySpan<char> id)
    {
        var match = exact.Find(id);
        if (!match.IsNone) return match;

        Span<char> room = stackalloc char[SalesforceId.LongLength];
        ReadOnlySpan<char> other = room[..SalesforceId.OtherForm(id, room)];
        if (!other.IsEmpty) match = exact.Find(other);
        if (match.IsNone) match = ignoringCase.Find(id);
        return match.IsNone && !other.IsEmpty ? ignoringCase.Find(other) : match;
    }

    private void Add(string? text, int ordinal)
    {
        var id = text?.Trim();
        if (string.IsNullOrEmpty(id)) return;
        exact.Add(id, ordinal);
        ignoringCase.Add(id, ordinal);
        if (SalesforceId.OtherForm(id) is not { } other) return;
        exact.Add(other, ordinal);
        ignoringCase.Add(other, ordinal);
    }
}
