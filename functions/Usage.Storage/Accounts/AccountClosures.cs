using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// Accounts that are about to be deleted. The delete closes the id and then looks for runs at work; a run is first on record as working,
/// and then waits until no id is closed. So either the delete sees the run, or the run sees what became of the delete.
/// </summary>
public sealed class AccountClosures(UsageTables tables, TimeProvider clock)
{
    private const string Partition = "closed";

    /// <summary>Deletes take less. One that was cut short, or takes longer, loses its account to the runs that wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Open until it is closed; disposing of it opens it again.</summary>
    public Closure Of(AccountId account) => new(tables, account);

    /// <summary>Comes back once no account is closed.</summary>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        while (true)
        {
            var closed = await tables.AccountChanges.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
                .ToListAsync(cancellationToken);
            if (closed.Count == 0) return;
            foreach (var closure in closed.Where(closure => clock.GetUtcNow() - closure.Timestamp > Patience))
                await OpenAsync(closure, cancellationToken);
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>The account is touched before: a delete that goes on after all fails, since it deletes what it has read.</summary>
    private async Task OpenAsync(TableEntity closure, CancellationToken cancellationToken)
    {
        var account = new AccountId(closure.GetString("account"));
        await tables.Accounts.TouchAsync(AccountEntity.Partition(account), account.Value, cancellationToken);
        await tables.AccountChanges.DeleteEntityAsync(Partition, closure.RowKey, ETag.All, cancellationToken);
    }

    public sealed class Closure(UsageTables tables, AccountId account) : IAsyncDisposable
    {
        private readonly string _row = Guid.NewGuid().ToString("N");
        private bool _closed;

        public Task CloseAsync(CancellationToken cancellationToken)
        {
            _closed = true;
            var entity = new TableEntity(Partition, _row) { ["account"] = account.Value };
            return tables.AccountChanges.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        }

        /// <summary>Whether or not the caller still waits: runs do.</summary>
        public async ValueTask DisposeAsync()
        {
            if (_closed) await tables.AccountChanges.DeleteEntityAsync(Partition, _row, ETag.All, CancellationToken.None);
        }
    }
}
