using Azure.Storage.Blobs;

namespace Usage.Storage;

/// <summary>The blob containers of the system.</summary>
public sealed class UsageBlobs(BlobServiceClient service)
{
    /// <summary>Where files are dropped: <c>{integration}/{path}</c>.</summary>
    public BlobContainerClient Imports { get; } = service.GetBlobContainerClient("imports");

    /// <summary>What runs leave behind, under <c>{run}/</c>.</summary>
    public BlobContainerClient Runs { get; } = service.GetBlobContainerClient("usage-runs");

    /// <summary>The roster of accounts.</summary>
    public BlobContainerClient Accounts { get; } = service.GetBlobContainerClient("usage-accounts");

    /// <summary>Creates what is missing.</summary>
    public Task EnsureAsync(CancellationToken cancel) =>
        Task.WhenAll(new[] { Imports, Runs, Accounts }.Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancel)));
}
