using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Storage.Imports;
using Usage.Storage.Runs;
using Usage.Testing.Emulator;

namespace Usage.Benchmarks.App;

/// <summary>
/// An emulator that keeps everything in memory, a folder for the app, and a view of what the app stores that takes none of its time.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly StorageFixture _storage;

    private Bench(StorageFixture storage) => (_storage, Drops, Runs) =
        (storage, new DropStore(storage.Blobs), new RunStore(storage.Tables, new RunBlobs(storage.Blobs)));

    public string ConnectionString => _storage.ConnectionString;

    public int AzuriteId => _storage.ProcessId;

    public TableServiceClient Tables => _storage.TableService;

    public DropStore Drops { get; }

    public RunStore Runs { get; }

    public DirectoryInfo Folder { get; } = new(Path.Combine(Path.GetTempPath(), $"usage-benchmarks-{Guid.NewGuid():N}"));

    public static async Task<Bench> StartAsync()
    {
        var storage = new StorageFixture { IsEmpty = true };
        await storage.InitializeAsync();
        var bench = new Bench(storage);
        bench.Folder.Create();
        return bench;
    }

    /// <summary>
    /// The emulator takes the longer for a write the more its table holds: whatever is compared begins with an empty one.
    /// </summary>
    public async Task EmptySnapshotsAsync(CancellationToken cancellationToken)
    {
        await Tables.DeleteTableAsync("snapshots", cancellationToken);
        await Tables.CreateTableAsync("snapshots", cancellationToken);
    }

    /// <summary>Bytes of what a run has kept, of blobs whose names begin so.</summary>
    public async Task<long> KeptBytesAsync(RunId run, string of, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        var prefix = new GetBlobsOptions { Prefix = $"{run}/{of}" };
        await foreach (var blob in _storage.Blobs.Runs.GetBlobsAsync(prefix, cancellationToken))
            bytes += blob.Properties.ContentLength ?? 0;
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        if (Folder.Exists) Folder.Delete(recursive: true);
    }
}
