using Usage.Core.Accounts;

namespace Usage.Storage.Accounts.Importing;

/// <param name="Account">As the import would have made it.</param>
/// <param name="Conflicts">CRM ids and domains that another account has; empty: the account is new, and the file has no column with its
/// name.</param>
public sealed record RejectedAccount(AccountRow Row, Account Account, IReadOnlyList<KeyConflict> Conflicts);

/// <summary>What became of an import's accounts. Counted from several threads.</summary>
public sealed class AccountImportResult
{
    private readonly List<RejectedAccount> rejected = [];
    private int created;
    private int updated;
    private int unchanged;

    public int Created => created;

    public int Updated => updated;

    public int Unchanged => unchanged;

    public IReadOnlyList<RejectedAccount> Rejected => rejected;

    internal void Count(bool created) => Interlocked.Increment(ref created ? ref this.created : ref updated);

    internal void CountUnchanged() => Interlocked.Increment(ref unchanged);

    internal void Reject(AccountRow row, Account account, IReadOnlyList<KeyConflict> conflicts)
    {
        lock (rejected) rejected.Add(new RejectedAccount(row, account, conflicts));
    }
}
