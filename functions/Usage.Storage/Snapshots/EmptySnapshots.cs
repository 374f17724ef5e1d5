using Azure;
using Azure.Data.Tables;
using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Snapshots;

/// <summary>
/// Snapshots that lost their last value. They stay for a while, so that a request which comes late finds something and fails.
/// </summary>
public sealed class EmptySnapshots(UsageTables tables)
{
    /// <summary>Removes those of a group from which a run took the last value, unless somebody has given them one since.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveAsync(GroupTarget target, GroupWrites group, CancellationToken cancellationToken)
    {
        var accounts = group.Accounts.Where(account => account.Cells.Any(cell => cell.Kind == WriteKind.Removed))
            .Select(account => target.Account(account.Account)).OfType<AccountId>().ToList();
        var stored = await StoredBlock.LoadAsync(tables, group.Block, target.Product, group.Date, accounts, cancellationToken);
        var removed = 0;
        foreach (var account in accounts)
        {
            if (stored.Find(account) is not { } entity || entity.Keys.Any(name => SnapshotKeys.Dimension(name) is not null)) continue;
            if (await TryDeleteAsync(entity, cancellationToken)) removed++;
        }

        return removed;
    }

    private async Task<bool> TryDeleteAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Snapshots.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, entity.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }
}
