using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Functions.Children;
using Usage.Storage;
using Usage.Storage.Changes;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>
/// Compares groups with what is stored. Where a date has nothing yet, nothing is read. Where the logs of its few writers tell what is
/// stored, they are read: that costs the storage a fraction of its entities. Else the block is.
/// </summary>
internal sealed class BlockStates(
    UsageTables tables, BlockHistories histories, WriteBasis basis, IReadOnlyList<LogProduct> products, Func<int, AccountId?> account,
    IReadOnlyDictionary<RunId, Undone> undone, ChildStates? child)
{
    /// <summary>Runs of a date whose logs are read rather than what is stored.</summary>
    private const int MaxLogs = 4;

    private readonly GroupTarget[] _targets = [.. products.Select(product => GroupTarget.Of(product, account))];

    /// <param name="Stored">Of what is to be sent.</param>
    /// <param name="Newer">Of a superseded value: the run that has written it.</param>
    public sealed record Compared(GroupWrites Writes, StoredBlock Stored, Func<int, int, RunId?> Newer);

    public async Task<Compared> CompareAsync(SnapshotGroup group, CancellationToken cancellationToken)
    {
        var product = products[group.Product];
        var date = basis.Find(product.Id, group.Date);
        var fromLogs = date is { IsThere: true, IsLogged: true } && (date.Writers.Count <= MaxLogs || child is not null);
        var isLate = date?.IsLate(basis.Of(product.Id).Place) == true;
        var history = fromLogs || isLate || (child is not null && date is not null)
            ? await histories.LoadAsync(product.Id, group.Date, group.Block, date!.Writers, undone, cancellationToken) : null;
        var late = isLate ? history : null;
        if (date is not { IsThere: true }) return Compare(group, _ => StoredBlock.Nothing, (_, _) => null, late, history);
        if (fromLogs && history!.IsComplete)
            return Compare(group, writes => StoredBlock.Of(history, _targets[group.Product], writes), ValueInLogs, late, history);

        var stored = await StoredBlock.LoadAsync(tables, group.Block, product.Id, group.Date, cancellationToken);
        return Compare(group, _ => stored, ValueInTable, late, history);

        UsageValue? ValueInLogs(int ordinal, int dimension) =>
            account(ordinal) is { } id ? history!.ValueOf(ordinal, id, product.Dimensions[dimension]) : null;

        UsageValue? ValueInTable(int ordinal, int dimension) =>
            account(ordinal) is { } id ? stored.Find(id, product.Dimensions[dimension]) : null;
    }

    /// <param name="late">Null: no run with a later place has written the date.</param>
    /// <param name="history">Null: it isn't needed.</param>
    private Compared Compare(
        SnapshotGroup group, Func<GroupWrites, StoredBlock> stored, Func<int, int, UsageValue?> value, BlockHistory? late,
        BlockHistory? history)
    {
        var place = late is null ? "" : basis.Of(products[group.Product].Id).Place;
        var writes = GroupComparison.Compare(
            group, ordinal => account(ordinal) is not null, value, (ordinal, dimension) => Newer(ordinal, dimension) is not null,
            child is null || history is null ? null : (ordinal, dimension) => !child.IsUndone(Writes(ordinal, dimension)));
        if (child is not null && history is not null)
            writes = child.WithTakenBack(writes, history, products[group.Product].Dimensions, account, value);
        return new Compared(writes, stored(writes), Newer);

        IEnumerable<KeptWrite> Writes(int ordinal, int dimension) =>
            account(ordinal) is { } id ? history!.Of(ordinal, id, products[group.Product].Dimensions[dimension]) : [];

        RunId? Newer(int ordinal, int dimension)
        {
            if (late is null || account(ordinal) is not { } id) return null;
            var writes = late.Of(ordinal, id, products[group.Product].Dimensions[dimension]);
            // Details of a later run are gone: what is stored may be of it, and stays.
            return (BlockHistory.After(place, writes) ?? (value(ordinal, dimension) is null ? null : late.UnknownAfter(place)))?.Run;
        }
    }
}
