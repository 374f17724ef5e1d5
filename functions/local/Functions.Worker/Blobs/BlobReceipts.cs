using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>Which blobs a function is through with, kept where the host keeps them: an empty blob a function, ETag and blob.</summary>
internal sealed class BlobReceipts(BlobServiceClient storage, string hostId, string function, string watched)
{
    private const int LongestName = 1024;
    private readonly BlobContainerClient container = storage.GetBlobContainerClient("azure-webjobs-hosts");

    private string Folder => $"blobreceipts/{hostId}/Host.Functions.{function}/";

    /// <summary>Fingerprints of all that is done: cheaper than asking blob by blob.</summary>
    public async Task<HashSet<UInt128>> LoadAsync(CancellationToken cancel)
    {
        var done = new HashSet<UInt128>();
        try
        {
            await foreach (var receipt in container.GetBlobsAsync(new GetBlobsOptions { Prefix = Folder }, cancel)) done.Add(Fingerprint(receipt.Name));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // No container yet, so nothing is done.
        }

        return done;
    }

    public async Task WriteAsync(string blob, string etag, CancellationToken cancel)
    {
        var completed = new Dictionary<string, string> { ["Completed"] = TimeProvider.System.GetUtcNow().ToString("o", CultureInfo.InvariantCulture) };
        var receipt = container.GetBlobClient(Name(blob, etag));
        try
        {
            await receipt.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = completed }, cancel);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancel);
            await receipt.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = completed }, cancel);
        }
    }

    public UInt128 Fingerprint(string blob, string etag) => Fingerprint(Name(blob, etag));

    // The ETag comes first: blob names have slashes of their own.
    private string Name(string blob, string etag)
    {
        var name = $"{Folder}\"{etag}\"/{watched}/{blob}";
        return name.Length <= LongestName
            ? name
            : $"{Folder}\"{etag}\"/{watched}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blob)))}";
    }

    private static UInt128 Fingerprint(string receipt)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(receipt), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
