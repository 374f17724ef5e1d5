using Azure;
using Azure.Data.Tables;
using Azure.Identity;

namespace Usage.Storage.Setup;

/// <summary>Whether tables and blobs answer, each within a few seconds.</summary>
public sealed class StorageHealth(UsageTables tables, UsageBlobs blobs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<(bool Tables, bool Blobs)> CheckAsync(CancellationToken cancel)
    {
        var table = AnswersAsync(
            stop => tables.Products.GetEntityIfExistsAsync<TableEntity>("health", "health", cancellationToken: stop), cancel);
        var blob = AnswersAsync(stop => blobs.Imports.ExistsAsync(stop), cancel);
        return (await table, await blob);
    }

    private static async Task<bool> AnswersAsync(Func<CancellationToken, Task> ask, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await ask(patience.Token);
            return true;
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException or AuthenticationFailedException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // Not answering is the answer.
            return false;
        }
    }
}
