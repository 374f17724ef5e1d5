using Azure;
using Azure.Data.Tables;
using Azure.Identity;

namespace Usage.Storage.Setup;

/// <summary>Whether tables and blobs answer, each within a few seconds.</summary>
public sealed class StorageHealth(UsageTables tables, UsageBlobs blobs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<(bool Tables, bool Blobs)> CheckAsync(CancellationToken cancellationToken)
    {
        var table = AnswersAsync(
            cancellationToken =>
                tables.Products.GetEntityIfExistsAsync<TableEntity>("health", "health", cancellationToken: cancellationToken),
                cancellationToken);
        var blob = AnswersAsync(cancellationToken => blobs.Imports.ExistsAsync(cancellationToken), cancellationToken);
        return (await table, await blob);
    }

    private static async Task<bool> AnswersAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await ask(patience.Token);
            return true;
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException or AuthenticationFailedException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Not answering is the answer.
            return false;
        }
    }
}
