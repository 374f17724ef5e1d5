using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Accounts.Near;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>All accounts at one moment. Safe for many threads; what finds near ones is built when it is first asked for.</summary>
public sealed class RosterSnapshot
{
    private readonly Lazy<NearCandidates> _near;
    private readonly Lazy<string> _name;

    internal RosterSnapshot(PackedAccounts accounts)
    {
        Packed = accounts;
        Matcher = new AccountMatcher(accounts);
        _near = new(() => new NearCandidates(Matcher));
        _name = new(accounts.Hash);
    }

    /// <summary>Ordered by id, ordinal comparison. Each is made anew when it is looked at.</summary>
    public IReadOnlyList<NumberedAccount> Accounts => Packed;

    public AccountMatcher Matcher { get; }

    public NearCandidates Near => _near.Value;

    /// <summary>Made of the content: the same accounts have the same name.</summary>
    internal string Name => _name.Value;

    /// <summary>One more than the highest ordinal that an account has.</summary>
    public int OrdinalCount => Matcher.OrdinalCount;

    /// <summary>Null: no account has it (any more).</summary>
    public NumberedAccount? Find(int ordinal) => Matcher.Find(ordinal);

    /// <inheritdoc cref="Find(int)"/>
    public AccountId? IdOf(int ordinal) => Find(ordinal)?.Account.Id;

    public NumberedAccount? Find(AccountId id) => Packed.Find(id) is >= 0 and var index ? Packed[index] : null;

    /// <summary>As it would be with a new account.</summary>
    public RosterSnapshot With(Account made) => new(Packed.With([made.Id], [new NumberedAccount(OrdinalCount, made)]));

    internal PackedAccounts Packed { get; }
}
