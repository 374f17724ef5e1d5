using Azure.Storage.Blobs;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>The blob of an invocation.</summary>
internal sealed record BlobInput(BlobContainerClient Container, string Name);
