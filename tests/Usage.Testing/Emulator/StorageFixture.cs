using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Local.Azurite;
using Usage.Storage;
using Usage.Testing.Machine;
using Xunit;

namespace Usage.Testing.Emulator;

/// <summary>A storage emulator and clients of it. Tests that share it keep apart by the ids that they use.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;
    private DirectoryInfo? _data;
    private int _names;

    /// <summary>Without tables and containers: whoever needs them, such as an app that is started on it, makes them.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>It can go away and come back with what it had; otherwise all is in memory, which is faster.</summary>
    public bool KeepsData { get; init; }

    public string ConnectionString => _azurite!.ConnectionString;

    public int ProcessId => _azurite!.ProcessId;

    public TableServiceClient TableService { get; private set; } = null!;

    public UsageTables Tables { get; private set; } = null!;

    public UsageBlobs Blobs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (KeepsData) _data = Directory.CreateTempSubdirectory("usage-storage-");
        // While it is away, nobody else may take its ports.
        _azurite = await AzuriteProcess.StartAsync(_data?.FullName, KeepsData ? FreePorts.Take(3) : null);
        TableService = new TableServiceClient(ConnectionString, UsageTables.ClientOptions());
        Tables = new UsageTables(TableService);
        Blobs = new UsageBlobs(new BlobServiceClient(ConnectionString));
        if (IsEmpty) return;
        await Tables.EnsureAsync(CancellationToken.None);
        await Blobs.EnsureAsync(CancellationToken.None);
    }

    /// <summary>
    /// It ends in order, which saves what it has acknowledged, and comes back on the same ports and data after a while.
    /// </summary>
    public async Task RestartAsync(TimeSpan away)
    {
        var ports = _azurite!.Ports;
        await _azurite.DisposeAsync();
        await Task.Delay(away);
        _azurite = await AzuriteProcess.StartAsync(_data!.FullName, ports);
    }

    /// <summary>A name that nobody else who shares it has.</summary>
    public string Unique(string name) => $"{name}-{Interlocked.Increment(ref _names)}";

    /// <summary>A new table by the official client, with nothing of ours in between.</summary>
    public async Task<TableClient> NewTableAsync()
    {
        var table = new TableClient(ConnectionString, $"t{Guid.NewGuid():N}");
        await table.CreateAsync();
        return table;
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null) await _azurite.DisposeAsync();
        _data?.Delete(recursive: true);
    }
}
