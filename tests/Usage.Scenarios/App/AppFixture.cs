using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Local.Azurite;

namespace Usage.Scenarios.App;

/// <summary>
/// A storage emulator of its own and the whole app on it, over real HTTP. Tests share it and keep apart by the ids of their products,
/// accounts and integrations.
/// </summary>
public class AppFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;
    private RunningApp? _app;
    private int _names;

    internal Api Api { get; private set; } = null!;

    internal TableServiceClient Tables { get; private set; } = null!;

    internal BlobContainerClient Imports { get; private set; } = null!;

    /// <summary>The end of the app's log.</summary>
    internal string Log => _app?.Log ?? "";

    /// <summary>App settings beside the usual.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync();
        Tables = new TableServiceClient(_azurite.ConnectionString);
        Imports = new BlobContainerClient(_azurite.ConnectionString, "imports");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null) await _app.DisposeAsync();
        if (_azurite is not null) await _azurite.DisposeAsync();
    }

    /// <summary>A name that no other test of this fixture has.</summary>
    internal string Unique(string name) => $"{name}-{Interlocked.Increment(ref _names)}";

    internal async Task DropAsync(string path, string content, IDictionary<string, string>? metadata = null)
    {
        var blob = Imports.GetBlobClient(path);
        await blob.UploadAsync(BinaryData.FromString(content), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = metadata });
    }

    private async Task StartAsync()
    {
        _app = await RunningApp.StartAsync(_azurite!.ConnectionString, Settings);
        Api = new Api(_app.Url);
    }
}
