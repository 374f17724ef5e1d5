using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Local.Azurite;

namespace Usage.Storage.Tests;

/// <summary>An emulator with all tables and containers, shared by the tests; they keep apart by the ids that they use.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public UsageTables Tables { get; private set; } = null!;

    public UsageBlobs Blobs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync();
        Tables = new UsageTables(new TableServiceClient(_azurite.ConnectionString, UsageTables.ClientOptions()));
        Blobs = new UsageBlobs(new BlobServiceClient(_azurite.ConnectionString));
        await Tables.EnsureAsync(CancellationToken.None);
        await Blobs.EnsureAsync(CancellationToken.None);
    }

    /// <summary>A new table by the official client, with nothing of ours in between.</summary>
    public async Task<TableClient> NewTableAsync()
    {
        var table = new TableClient(ConnectionString, $"t{Guid.NewGuid():N}");
        await table.CreateAsync();
        return table;
    }

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
