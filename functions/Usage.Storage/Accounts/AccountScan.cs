using Azure.Data.Tables;

namespace Usage.Storage.Accounts;

/// <summary>Reads all accounts, several stretches of their table at once: page after page of the whole takes three times as long.</summary>
internal static class AccountScan
{
    private const string Digits = "0123456789abcdefg";
    private const int AtOnce = 4;

    /// <param name="found">Hears of one account at a time, in any order.</param>
    public static Task RunAsync(UsageTables tables, Action<StoredAccount> found, CancellationToken cancellationToken)
    {
        var gate = new Lock();
        return Parallel.ForEachAsync(
            Enumerable.Range(0, Digits.Length - 1),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (digit, cancellationToken) =>
            {
                var stretch = $"PartitionKey ge '{Digits[digit]}' and PartitionKey lt '{Digits[digit + 1]}'";
                await foreach (var page in tables.Accounts.QueryAsync<TableEntity>(stretch, cancellationToken: cancellationToken).AsPages()
                    .WithCancellation(cancellationToken))
                {
                    lock (gate)
                    {
                        foreach (var entity in page.Values) found(AccountEntity.Read(entity));
                    }
                }
            });
    }
}
