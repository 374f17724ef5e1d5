using Azure.Data.Tables;
using Usage.Core.Runs;
using Usage.Core.Snapshots;

namespace Usage.Storage.Snapshots;

/// <summary>Writes merged snapshots: a blank value leaves what is stored. One for the process: it bounds the requests of all activities together.</summary>
public sealed class SnapshotWriter(UsageTables tables, SnapshotWriterOptions options) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.TransactionsAtOnce);

    /// <summary>Writes a group, whole unless it is larger than a transaction may be.</summary>
    public async Task WriteAsync(GroupTarget target, SnapshotGroup group, RunId run, CancellationToken cancel)
    {
        foreach (var transaction in Split(target, group, run))
        {
            await _slots.WaitAsync(cancel);
            try
            {
                await tables.Snapshots.SubmitTransactionAsync(transaction, cancel);
            }
            finally
            {
                _slots.Release();
            }
        }
    }

    public void Dispose() => _slots.Dispose();

    private IEnumerable<List<TableTransactionAction>> Split(GroupTarget target, SnapshotGroup group, RunId run)
    {
        var partition = SnapshotKeys.Partition(group.Block, target.Product, group.Date);
        var (actions, size) = (new List<TableTransactionAction>(group.Snapshots.Count), 0L);
        foreach (var snapshot in group.Snapshots)
        {
            if (target.Account(snapshot.Account) is not { } account) continue;
            var entity = new TableEntity(partition, account.Value) { [SnapshotKeys.Run] = run.Value, [SnapshotKeys.Row] = snapshot.Row };
            var bytes = SetValues(entity, target.Properties, snapshot.Values.Span);
            if (actions.Count > 0 && (size + bytes > options.TransactionBytes || actions.Count == Transactions.MaxEntities))
            {
                yield return actions;
                (actions, size) = ([], 0);
            }

            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertMerge, entity));
            size += bytes;
        }

        if (actions.Count > 0) yield return actions;
    }

    /// <returns>About how many bytes it takes in a request, rather more than less.</returns>
    private static long SetValues(TableEntity entity, IReadOnlyList<string> properties, ReadOnlySpan<Usage.Core.Values.UsageValue?> values)
    {
        // Head of the sub-request, keys, run and row.
        var bytes = 1_200L;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value) continue;
            entity[properties[i]] = value.ToObject();
            // All but plain ASCII is escaped, six bytes a UTF-16 unit.
            bytes += 120 + 6L * (value.Text?.Length ?? 0);
        }

        return bytes;
    }
}
