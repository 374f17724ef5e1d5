using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace Usage.Storage.Setup;

/// <summary>
/// Whether tables and blobs take writes, each within a few seconds. What is written is refused by its own condition and leaves nothing:
/// storage that only reads, since its disk is full or a role is missing, is not healthy.
/// </summary>
public sealed class StorageHealth(UsageTables tables, UsageBlobs blobs)
{
    // Tags of no version of anything, in the form that each service reads.
    private static readonly ETag NoEntity = new("W/\"datetime'2000-01-01T00%3A00%3A00.0000000Z'\"");
    private static readonly ETag NoBlob = new("\"0x0\"");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<(bool Tables, bool Blobs)> CheckAsync(CancellationToken cancellationToken)
    {
        var table = TakesWritesAsync(
            cancellationToken => tables.Products.UpdateEntityAsync(
                new TableEntity("health", "health"), NoEntity, cancellationToken: cancellationToken), cancellationToken);
        var blob = TakesWritesAsync(
            cancellationToken => blobs.Imports.GetBlobClient("health").UploadAsync(
                BinaryData.Empty, new BlobUploadOptions { Conditions = new() { IfMatch = NoBlob } }, cancellationToken), cancellationToken);
        return (await table, await blob);
    }

    private static async Task<bool> TakesWritesAsync(Func<CancellationToken, Task> probe, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await probe(patience.Token);
            return true;
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 412)
        {
            // By its condition, as it is to be.
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
