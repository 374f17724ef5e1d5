using Azure;
using Azure.Data.Tables;
using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Snapshots;

/// <summary>
/// Writes what a run's log has told: what is new is inserted, what is there is changed under the version that was read. So what somebody
/// else has written meanwhile is never written over unseen, and a request that comes late fails. Where logs tell what is stored, the
/// version of one entity is read and guards its transaction: whoever writes that one again writes all that was told with it.
/// </summary>
public sealed class SnapshotWriter(UsageTables tables)
{
    /// <summary>Writes what of a group isn't written yet, whole unless it is larger than a transaction may be.</summary>
    /// <param name="target">Of the group.</param>
    /// <param name="group">As the log has it.</param>
    /// <param name="run">That writes.</param>
    /// <param name="known">What of it is stored; null: that isn't known.</param>
    /// <param name="mayWrite">Asked after a conflict: whether it is still this run's turn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Tables.TableLimitException">A snapshot is larger than an entity may be.</exception>
    public async Task WriteAsync(
        GroupTarget target, GroupWrites group, RunId run, StoredBlock? known, Func<Task<bool>> mayWrite,
        CancellationToken cancellationToken)
    {
        if (!group.Accounts.Any(account => account.IsSent())) return;
        for (var block = known; ; block = null)
        {
            block ??= await StoredBlock.LoadAsync(
                tables, group.Block, target.Product, group.Date,
                Sent(target, group),
                cancellationToken);
            try
            {
                // All of them are made first, so that nothing of a group is sent of which Azure would refuse something.
                foreach (var transaction in tables.Snapshots.Transactions(Actions(target, group, run, block)).ToList())
                {
                    await GuardAsync(transaction, cancellationToken);
                    await tables.Snapshots.SubmitTransactionAsync(transaction, cancellationToken);
                }

                return;
            }
            // The same request once more, or the same activity beside itself; or a run whose turn is over, and which stops here.
            catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
            {
                if (!await mayWrite()) return;
            }
        }
    }

    /// <summary>Whether a run has written a group that it told; it is all of it or nothing.</summary>
    /// <exception cref="InvalidOperationException">It is a part of it, which several transactions were to write.</exception>
    public async Task<bool> IsWrittenAsync(GroupTarget target, GroupWrites group, RunId run, CancellationToken cancellationToken)
    {
        var sent = Sent(target, group);
        var block = await StoredBlock.LoadAsync(tables, group.Block, target.Product, group.Date, sent, cancellationToken);
        var written = sent.Count(account => block.Find(account)?.GetString(SnapshotKeys.Run) == run.Value);
        if (written == 0 || written == sent.Length) return written > 0;
        throw new InvalidOperationException(
            $"of {sent.Length} snapshots of {target.Product} on {group.Date:yyyy-MM-dd}, block {group.Block}, "
                + $"run {run} has written {written}");
    }

    /// <summary>Insertions guard a transaction too: they fail where they were done before.</summary>
    private async Task GuardAsync(Tables.TableTransaction transaction, CancellationToken cancellationToken)
    {
        if (transaction.Actions.Any(action => action.ActionType == TableTransactionActionType.Add || action.ETag != ETag.All)) return;
        var first = transaction.Actions[0].Entity;
        var found = await tables.Snapshots.GetEntityIfExistsAsync<TableEntity>(
            first.PartitionKey, first.RowKey, [SnapshotKeys.Run], cancellationToken);
        // Where it isn't there the transaction will say so.
        if (found.HasValue) transaction.Guard(found.Value!.ETag);
    }

    private static AccountId[] Sent(GroupTarget target, GroupWrites group) =>
        [.. group.Accounts.Where(account => account.IsSent()).Select(account => target.Account(account.Account)).OfType<AccountId>()];

    private static IEnumerable<TableTransactionAction> Actions(GroupTarget target, GroupWrites group, RunId run, StoredBlock block)
    {
        var partition = SnapshotKeys.Partition(group.Block, target.Product, group.Date);
        foreach (var writes in group.Accounts)
        {
            if (!writes.IsSent() || target.Account(writes.Account) is not { } account) continue;
            var row = writes.Rows.Count == 0 ? 0 : writes.Cells.Max(cell => cell.Source.Row);
            if (Action(target, writes, block.Find(account), new TableEntity(partition, account.Value), run, row) is { } action)
                yield return action;
        }
    }

    /// <returns>Null: nothing is to be done.</returns>
    private static TableTransactionAction? Action(
        GroupTarget target, AccountWrites writes, TableEntity? stored, TableEntity entity, RunId run, long row)
    {
        var sent = writes.Cells.Where(cell => cell.IsSent).ToList();
        entity[SnapshotKeys.Run] = run.Value;
        // Merging takes nothing away: 0 stands for no row.
        if (row > 0 || stored is not null) entity[SnapshotKeys.Row] = row;
        if (stored is null)
        {
            foreach (var cell in sent)
                if (cell.New is { } value) entity[target.Properties[cell.Dimension]] = value.ToObject();
            return sent.All(cell => cell.New is null) ? null : new(TableTransactionActionType.Add, entity);
        }

        if (stored.GetString(SnapshotKeys.Run) == run.Value && sent.TrueForAll(IsWritten)) return null;
        // A snapshot that loses its last value stays, and no reader sees it, until the upkeep removes it: a request that was on its way
        // when its run ended would make it anew if nothing were there.
        var whole = sent.Exists(cell => cell.New is null);
        if (whole)
        {
            foreach (var (name, value) in stored)
                if (SnapshotKeys.Dimension(name) is not null) entity[name] = value;
        }

        foreach (var cell in sent)
        {
            if (cell.New is { } value) entity[target.Properties[cell.Dimension]] = value.ToObject();
            else entity.Remove(target.Properties[cell.Dimension]);
        }

        return new(whole ? TableTransactionActionType.UpdateReplace : TableTransactionActionType.UpdateMerge, entity, stored.ETag);

        bool IsWritten(CellWrite cell) =>
            StoredValues.ToValue(stored[target.Properties[cell.Dimension]]) == cell.New;
    }
}
