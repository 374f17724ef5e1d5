using Usage.Core.Accounts;

namespace Usage.Storage.Accounts.Importing;

/// <param name="Account">As the import would have made it.</param>
/// <param name="Conflicts">CRM ids and domains that another account has; empty: the account is new, and the file has no column with its
/// name.</param>
public sealed record RejectedAccount(AccountRow Row, Account Account, IReadOnlyList<KeyConflict> Conflicts);

/// <summary>What became of an import's accounts. Counted from several threads.</summary>
public sealed class AccountImportResult
{
    private readonly List<RejectedAccount> _rejected = [];
    private int _created;
    private int _updated;
    private int _unchanged;

    public int Created => _created;

    public int Updated => _updated;

    public int Unchanged => _unchanged;

    public IReadOnlyList<RejectedAccount> Rejected => _rejected;

    /// <summary>Those refused for keys of others, which are told no more.</summary>
    internal IReadOnlyList<RejectedAccount> TakeConflicts()
    {
        RejectedAccount[] taken = [.. _rejected.Where(one => one.Conflicts.Count > 0)];
        _rejected.RemoveAll(one => one.Conflicts.Count > 0);
        return taken;
    }

    internal void PutBack(IEnumerable<RejectedAccount> taken) => _rejected.AddRange(taken);

    internal void Count(bool created) => Interlocked.Increment(ref created ? ref _created : ref _updated);

    internal void CountUnchanged() => Interlocked.Increment(ref _unchanged);

    internal void Reject(AccountRow row, Account account, IReadOnlyList<KeyConflict> conflicts)
    {
        lock (_rejected) _rejected.Add(new RejectedAccount(row, account, conflicts));
    }
}
