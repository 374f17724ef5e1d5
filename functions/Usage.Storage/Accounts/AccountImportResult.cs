using Usage.Core.Accounts;

namespace Usage.Storage.Accounts;

/// <param name="Row">Counted from 1, the header not counted.</param>
public sealed record AccountRow(long Row, Account Account);

/// <summary>A row whose CRM id or domain is another account's.</summary>
public sealed record RejectedAccount(AccountRow Row, IReadOnlyList<KeyConflict> Conflicts);

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

    internal void Reject(AccountRow row, IReadOnlyList<KeyConflict> conflicts)
    {
        lock (rejected) rejected.Add(new RejectedAccount(row, conflicts));
    }
}
