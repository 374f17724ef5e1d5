using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Local.Azurite;
using Usage.Storage;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Benchmarks.App;

/// <summary>
/// An emulator that keeps everything in memory, a folder for the app, and a view of what the app stores that takes none of its time.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly AzuriteProcess _azurite;

    private Bench(AzuriteProcess azurite)
    {
        _azurite = azurite;
        Tables = new TableServiceClient(azurite.ConnectionString);
        var blobs = new UsageBlobs(new BlobServiceClient(azurite.ConnectionString));
        (Drops, Runs) = (new DropStore(blobs), new RunStore(new UsageTables(Tables), new RunBlobs(blobs)));
    }

    public string ConnectionString => _azurite.ConnectionString;

    public int AzuriteId => _azurite.ProcessId;

    public TableServiceClient Tables { get; }

    public DropStore Drops { get; }

    public RunStore Runs { get; }

    public DirectoryInfo Folder { get; } = new(Path.Combine(Path.GetTempPath(), $"usage-benchmarks-{Guid.NewGuid():N}"));

    public static async Task<Bench> StartAsync(CancellationToken cancel)
    {
        var bench = new Bench(await AzuriteProcess.StartAsync(cancel: cancel));
        bench.Folder.Create();
        return bench;
    }

    /// <summary>
    /// The emulator takes the longer for a write the more its table holds: whatever is compared begins with an empty one.
    /// </summary>
    public async Task EmptySnapshotsAsync(CancellationToken cancel)
    {
        await Tables.DeleteTableAsync("snapshots", cancel);
        await Tables.CreateTableAsync("snapshots", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        if (Folder.Exists) Folder.Delete(recursive: true);
    }
}
