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
    private readonly RefusedRows[] _undated = new RefusedRows[Partitioning.BlockSize];
    private List<MergedSnapshot> _snapshots = [];
    private List<RowShare> _shares = [];
    private List<IncompleteTotal> _incomplete = [];
    private EntryKey _key;
    private bool _begun;
    private bool _accountOpen;

    public GroupBuilder(ImportMapping mapping, MergeOptions options, MergeCounter counter, MergedRows rows)
    {
        _mapping = mapping;
        _products = [.. mapping.Products.Select(product => new ProductMerge(mapping, product))];
        _counter = counter;
        _account = new AccountMerge(rows, options.PreviewRows);
    }

    private bool History => _mapping.Integration.AllowMultipleRowsPerCustomer;

    public bool IsOtherGroup(EntryKey key) => _begun && key.Group != _key.Group;

    public void Add(EntryReader entry)
    {
        var key = entry.Key;
        if (!_begun || key.Block != _key.Block || key.Product != _key.Product)
        {
            Array.Clear(_done);
            Array.Clear(_undated);
        }

        var sameAccount = _begun && key.Group == _key.Group && key.AccountInBlock == _key.AccountInBlock;
        if (!sameAccount) CloseAccount();
        (_key, _begun) = (key, true);
        if (key.Date == EntryFormat.Undated)
        {
            _undated[key.AccountInBlock].Add(key.Row);
            return;
        }

        if (!sameAccount && !(_accountOpen = OpenAccount(key))) return;
        if (_accountOpen) _account.Add(entry, _shares);
    }

    /// <returns>Null when no account has a value there, or all have a later date already.</returns>
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
            Incomplete = _incomplete.Count == 0 ? [] : _incomplete,
        };
        _counter.Add(group);
        _snapshots = new List<MergedSnapshot>(Partitioning.BlockSize);
        if (_shares.Count > 0) _shares = [];
        if (_incomplete.Count > 0) _incomplete = [];
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
        if (_accountOpen && _account.Finish(_undated[_key.AccountInBlock], _shares, _incomplete) is { } merged) _snapshots.Add(merged);
        _accountOpen = false;
    }
}
