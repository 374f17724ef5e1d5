using Azure.Data.Tables;

namespace Usage.Storage.Accounts;

/// <summary>Many writes, as transactions of up to a hundred within a partition, a few at once.</summary>
internal static class TransactionBatches
{
    private const int Most = 100;
    private const int AtOnce = 4;

    /// <param name="action">Asked for only when its transaction is sent: an entity weighs many times what it is made of.</param>
    /// <param name="lost">Hears of each item of a transaction whose conditions didn't hold.</param>
    /// <param name="done">Hears of each item that is written.</param>
    public static Task RunAsync<T>(
        TableClient table, IEnumerable<T> items, Func<T, string> partition, Func<T, TableTransactionAction> action,
        Action<T> lost, Action<T> done, CancellationToken cancel)
    {
        var batches = items.GroupBy(partition).SelectMany(group => group.Chunk(Most));
        return Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (batch, stop) =>
        {
            try
            {
                await table.SubmitTransactionAsync(batch.Select(action), stop);
                foreach (var item in batch) done(item);
            }
            catch (TableTransactionFailedException failed) when (failed.Status is 404 or 409 or 412)
            {
                foreach (var item in batch) lost(item);
            }
        });
    }
}
