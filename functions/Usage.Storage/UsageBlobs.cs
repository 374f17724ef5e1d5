using Azure.Storage;
using Azure.Storage.Blobs;

namespace Usage.Storage;

/// <summary>The blob containers of the system.</summary>
public sealed class UsageBlobs(BlobServiceClient service)
{
    /// <summary>What the blob trigger listens to: each file that is dropped.</summary>
    public const string DroppedFiles = $"{ImportsName}/{{path}}";

    internal const string ImportsName = "imports";
    internal const string RunsName = "usage-runs";
    internal const string UploadsName = "usage-uploads";

    /// <summary>For a body whose length isn't known: its pieces are held in memory, and by default those are five of 8 MiB.</summary>
    public static StorageTransferOptions SmallPieces { get; } =
        new() { InitialTransferSize = 1 << 20, MaximumTransferSize = 1 << 20, MaximumConcurrency = 2 };

    /// <summary>The name of the storage account.</summary>
    public string Account => service.AccountName;

    /// <summary>Where files are dropped: <c>{integration}/{path}</c>.</summary>
    public BlobContainerClient Imports { get; } = service.GetBlobContainerClient(ImportsName);

    /// <summary>What runs leave behind, under <c>{run}/</c>.</summary>
    public BlobContainerClient Runs { get; } = service.GetBlobContainerClient(RunsName);

    /// <summary>The roster of accounts.</summary>
    public BlobContainerClient Accounts { get; } = service.GetBlobContainerClient("usage-accounts");

    /// <summary>Identifiers without an account and what was said of them, by integration.</summary>
    public BlobContainerClient Unmatched { get; } = service.GetBlobContainerClient("usage-unmatched");

    /// <summary>What people have sent without dropping it, by the ids of their uploads.</summary>
    public BlobContainerClient Uploads { get; } = service.GetBlobContainerClient(UploadsName);

    internal BlobClient Blob(string container, string name) => service.GetBlobContainerClient(container).GetBlobClient(name);

    /// <summary>Creates what is missing.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(new[] { Imports, Runs, Accounts, Unmatched, Uploads }
            .Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken)));
}
