using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Snapshots;

namespace Usage.Storage.Snapshots;

/// <summary>
/// Writes merged snapshots: a blank value leaves what is stored. One for the process: it bounds the requests of all activities together.
/// </summary>
public sealed class SnapshotWriter(UsageTables tables, SnapshotWriterOptions options) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.TransactionsAtOnce);

    /// <summary>Writes a group, whole unless it is larger than a transaction may be.</summary>
    /// <exception cref="Tables.TableLimitException">A snapshot is larger than an entity may be.</exception>
    public async Task WriteAsync(GroupTarget target, SnapshotGroup group, RunId run, CancellationToken cancellationToken)
    {
        foreach (var transaction in tables.Snapshots.Transactions(Writes(target, group, run)))
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                await tables.Snapshots.SubmitTransactionAsync(transaction, cancellationToken);
            }
            finally
            {
                _slots.Release();
            }
        }
    }

    public void Dispose() => _slots.Dispose();

    private static IEnumerable<TableTransactionAction> Writes(GroupTarget target, SnapshotGroup group, RunId run)
    {
        var partition = SnapshotKeys.Partition(group.Block, target.Product, group.Date);
        foreach (var snapshot in group.Snapshots)
            if (target.Account(snapshot.Account) is { } account)
                yield return new(TableTransactionActionType.UpsertMerge, Entity(partition, account, target.Properties, snapshot, run));
    }

    private static TableEntity Entity(
        string partition, AccountId account, IReadOnlyList<string> properties, MergedSnapshot snapshot, RunId run)
    {
        var entity = new TableEntity(partition, account.Value) { [SnapshotKeys.Run] = run.Value, [SnapshotKeys.Row] = snapshot.Row };
        var values = snapshot.Values.Span;
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value) entity[properties[i]] = value.ToObject();
        return entity;
    }
}
