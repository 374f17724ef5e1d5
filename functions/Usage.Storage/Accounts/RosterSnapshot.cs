using Usage.Core.Accounts;

namespace Usage.Storage.Accounts;

/// <summary>All accounts at one moment. Safe for many threads; the matcher is built when it is first asked for.</summary>
public sealed class RosterSnapshot
{
    private readonly NumberedAccount?[] byOrdinal;
    private readonly Lazy<Dictionary<AccountId, NumberedAccount>> byId;
    private readonly Lazy<AccountMatcher> matcher;
    private readonly Lazy<NearCandidates> near;

    internal RosterSnapshot(IEnumerable<NumberedAccount> accounts)
    {
        Accounts = [.. accounts.OrderBy(account => account.Account.Id.Value, StringComparer.Ordinal)];
        byOrdinal = new NumberedAccount?[Accounts.Count == 0 ? 0 : Accounts.Max(account => account.Ordinal) + 1];
        foreach (var account in Accounts) byOrdinal[account.Ordinal] = account;
        byId = new(() => Accounts.ToDictionary(account => account.Account.Id));
        matcher = new(() => new AccountMatcher(Accounts));
        near = new(() => new NearCandidates(Matcher));
    }

    /// <summary>Ordered by id, ordinal comparison.</summary>
    public IReadOnlyList<NumberedAccount> Accounts { get; }

    public AccountMatcher Matcher => matcher.Value;

    public NearCandidates Near => near.Value;

    /// <summary>One more than the highest ordinal that an account has.</summary>
    public int OrdinalCount => byOrdinal.Length;

    /// <summary>Null: no account has it (any more).</summary>
    public NumberedAccount? Find(int ordinal) => (uint)ordinal < (uint)byOrdinal.Length ? byOrdinal[ordinal] : null;

    public NumberedAccount? Find(AccountId id) => byId.Value.GetValueOrDefault(id);
}
