using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Usage.Storage.Imports;

/// <summary>Copies inside the storage account: none of the bytes comes through here.</summary>
internal static class BlobCopies
{
    /// <param name="options">Without metadata the copy has those of its source.</param>
    /// <returns>What is there now, and whether it is this copy: somebody else may have written the target meanwhile.</returns>
    /// <exception cref="FileReplacedException">The source is another one now, or gone.</exception>
    public static async Task<(BlobProperties There, bool IsCopy)> CopyAsync(
        BlobClient from, BlobClient to, BlobCopyFromUriOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var copy = await to.StartCopyFromUriAsync(from.Uri, options, cancellationToken);
            await copy.WaitForCompletionAsync(TimeSpan.FromMilliseconds(200), cancellationToken);
            var there = (await to.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return (there, there.CopyId == copy.Id);
        }
        catch (RequestFailedException other) when (other.Status is 404 or 412)
        {
            throw new FileReplacedException(from.Name, other);
        }
    }
}
