using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Local.Azurite;
using Usage.Storage;

namespace Usage.Functions.Tests.Exports;

/// <summary>An emulator of its own for the tests of this room.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;
    private int names;

    public UsageTables Tables { get; private set; } = null!;

    public UsageBlobs Blobs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync();
        Tables = new UsageTables(new TableServiceClient(azurite.ConnectionString));
        Blobs = new UsageBlobs(new BlobServiceClient(azurite.ConnectionString));
        await Tables.EnsureAsync(CancellationToken.None);
        await Blobs.EnsureAsync(CancellationToken.None);
    }

    public string Unique(string name) => $"{name}-{Interlocked.Increment(ref names)}";

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null) await azurite.DisposeAsync();
    }
}
