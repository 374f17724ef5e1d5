using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>Where blobs are reported that a function failed on at every try.</summary>
internal sealed class PoisonBlobs(StorageQueue queue, string function, string container)
{
    public const string QueueName = "webjobs-blobtrigger-poison";

    public Task ReportAsync(string blob, string blobType, string etag, CancellationToken cancel) => queue.SendAsync(
        JsonSerializer.Serialize(new
        {
            Type = "BlobTrigger",
            FunctionId = "Host.Functions." + function,
            BlobType = blobType,
            ContainerName = container,
            BlobName = blob,
            ETag = $"\"{etag}\"",
        }),
        cancel);
}
