using Usage.Core.Integrations;
using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Snapshots.Merging;

/// <summary>
/// Turns sorted entries into groups. Dates come newest first, so without history an account's first date is the one that counts
/// and its later entries of that product are passed over.
/// </summary>
internal sealed class GroupBuilder
{
    private readonly ImportMapping _mapping;
    private readonly ProductMerge[] _products;
    private readonly MergeCounter _counter;
    private readonly AccountMerge _account;
    private readonly bool[] _done = new bool[Partitioning.BlockSize];
    private List<MergedSnapshot> _snapshots = [];
    private List<RowShare> _shares = [];
    private EntryKey _key;
    private bool _begun;
    private bool _accountOpen;

    public GroupBuilder(ImportMapping mapping, MergeOptions options, MergeCounter counter, RowBits recorded)
    {
        _mapping = mapping;
        _products = [.. mapping.Products.Select(product => new ProductMerge(product, History))];
        _counter = counter;
        _account = new AccountMerge(recorded, options.PreviewRows);
    }

    private bool History => _mapping.Integration.AllowMultipleRowsPerCustomer;

    public bool IsOtherGroup(EntryKey key) => _begun && key.Group != _key.Group;

    public void Add(EntryReader entry)
    {
        var key = entry.Key;
        if (!_begun || key.Block != _key.Block || key.Product != _key.Product) Array.Clear(_done);
        var sameAccount = _begun && key.Group == _key.Group && key.AccountInBlock == _key.AccountInBlock;
        if (!sameAccount) CloseAccount();
        (_key, _begun) = (key, true);
        if (!sameAccount && !(_accountOpen = OpenAccount(key))) return;
        if (_accountOpen) _account.Add(entry, _shares);
    }

    /// <returns>Null when all accounts of the group already have a later date.</returns>
    public SnapshotGroup? Finish()
    {
        CloseAccount();
        if (_snapshots.Count == 0) return null;
        var group = new SnapshotGroup
        {
            Block = _key.Block,
            Product = _key.Product,
            Date = DateOnly.FromDayNumber(_key.Date),
            Snapshots = _snapshots,
            Shares = _shares.Count == 0 ? [] : _shares,
        };
        _counter.Add(group);
        _snapshots = new List<MergedSnapshot>(Partitioning.BlockSize);
        if (_shares.Count > 0) _shares = [];
        return group;
    }

    private bool OpenAccount(EntryKey key)
    {
        if (_done[key.AccountInBlock]) return false;
        _done[key.AccountInBlock] = !History;
        _account.Begin((key.Block * Partitioning.BlockSize) + key.AccountInBlock, _products[key.Product]);
        return true;
    }

    private void CloseAccount()
    {
        if (_accountOpen) _snapshots.Add(_account.Finish(_shares));
        _accountOpen = false;
    }
}
