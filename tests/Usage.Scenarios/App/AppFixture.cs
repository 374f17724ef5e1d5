using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Testing.App;
using Usage.Testing.Emulator;

namespace Usage.Scenarios.App;

/// <summary>
/// A storage emulator of its own and the whole app on it, over real HTTP. Tests share it and keep apart by the ids of their products,
/// accounts and integrations.
/// </summary>
public class AppFixture : IAsyncLifetime
{
    private readonly StorageFixture _storage = new() { IsEmpty = true };
    private RunningApp? _app;

    internal Api Api { get; private set; } = null!;

    internal TableServiceClient Tables => _storage.TableService;

    internal BlobContainerClient Imports => _storage.Blobs.Imports;

    /// <summary>The end of the app's log.</summary>
    internal string Log => _app?.Log ?? "";

    /// <summary>The process of the app itself.</summary>
    internal int WorkerId => _app!.WorkerId;

    /// <summary>App settings beside the usual.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Secrets__EXPORT__Hosts"] = "export.invalid",
        ["Secrets__HOOK__Hosts"] = "hook.invalid",
        // All tests are one caller.
        ["Usage__Access__UploadsPerCaller"] = "1000",
    };

    /// <summary>False: all of its tests are left out.</summary>
    protected virtual bool IsNeeded => true;

    public async ValueTask InitializeAsync()
    {
        if (!IsNeeded) return;
        await _storage.InitializeAsync();
        _app = await RunningApp.StartAsync(_storage.ConnectionString, Settings);
        Api = new Api(_app.Url);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null) await _app.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <summary>A name that no other test of this fixture has.</summary>
    internal string Unique(string name) => _storage.Unique(name);

    internal async Task DropAsync(string path, string content, IDictionary<string, string>? metadata = null)
    {
        var blob = Imports.GetBlobClient(path);
        await blob.UploadAsync(BinaryData.FromString(content), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = metadata });
    }
}
