using Azure.Data.Tables;
using Usage.Storage.Tables;

namespace Usage.Storage.Accounts.Importing;

/// <summary>Many writes, as transactions of up to a hundred within a partition, a few at once.</summary>
internal static class TransactionBatches
{
    private const int Most = 100;
    private const int AtOnce = 4;

    /// <param name="action">Asked for only when its transaction is sent: an entity weighs many times what it is made of.</param>
    /// <param name="lost">Hears of each item of a transaction whose conditions didn't hold.</param>
    /// <param name="done">Hears of each item that is written.</param>
    public static Task RunAsync<T>(
        UsageTable table, IEnumerable<T> items, Func<T, string> partition, Func<T, TableTransactionAction> action,
        Action<T> lost, Action<T> done, CancellationToken cancellationToken)
    {
        var batches = items.GroupBy(partition).SelectMany(group => group.Chunk(Most));
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(batches, bounds, async (batch, cancellationToken) =>
        {
            var from = 0;
            foreach (var transaction in table.Transactions(batch.Select(action)))
            {
                var sent = batch.AsMemory(from, transaction.Actions.Count);
                from += sent.Length;
                await SubmitAsync(table, transaction, sent, lost, done, cancellationToken);
            }
        });
    }

    private static async Task SubmitAsync<T>(
        UsageTable table, TableTransaction transaction, ReadOnlyMemory<T> items, Action<T> lost, Action<T> done,
        CancellationToken cancellationToken)
    {
        var hears = done;
        try
        {
            await table.SubmitTransactionAsync(transaction, cancellationToken);
        }
        catch (TableTransactionFailedException failed) when (failed.Status is 404 or 409 or 412)
        {
            hears = lost;
        }

        foreach (var item in items.Span) hears(item);
    }
}
