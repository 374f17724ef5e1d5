using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Local.Azurite;
using Usage.Storage;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Benchmarks.App;

/// <summary>An emulator that keeps everything in memory, a folder for the app, and a view of what the app stores that takes none of its time.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly AzuriteProcess _azurite;
    private readonly TableServiceClient _tables;

    private Bench(AzuriteProcess azurite)
    {
        _azurite = azurite;
        _tables = new TableServiceClient(azurite.ConnectionString);
        var blobs = new UsageBlobs(new BlobServiceClient(azurite.ConnectionString));
        (Drops, Runs) = (new DropStore(blobs), new RunStore(new UsageTables(_tables), new RunBlobs(blobs)));
    }

    public string ConnectionString => _azurite.ConnectionString;

    public int AzuriteId => _azurite.ProcessId;

    public DropStore Drops { get; }

    public RunStore Runs { get; }

    public DirectoryInfo Folder { get; } = new(Path.Combine(Path.GetTempPath(), $"usage-benchmarks-{Guid.NewGuid():N}"));

    /// <summary>Where the app keeps its orchestrations' histories.</summary>
    public string Histories => Path.Combine(Usage.Local.DataFolder.At(Folder).Host, "durable", "UsageHub");

    public static async Task<Bench> StartAsync(CancellationToken cancel) => new(await AzuriteProcess.StartAsync(cancel: cancel));

    /// <summary>The emulator takes the longer for a write the more its table holds: whatever is compared begins with an empty one.</summary>
    public async Task EmptySnapshotsAsync(CancellationToken cancel)
    {
        await _tables.DeleteTableAsync("snapshots", cancel);
        await _tables.CreateTableAsync("snapshots", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        if (Folder.Exists) Folder.Delete(recursive: true);
    }
}
