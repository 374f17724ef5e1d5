using Usage.Local.Azurite;

namespace Usage.Host.Tests;

/// <summary>An emulator and a host on it for the tests of one class, which kill, stop and start it one after the other.</summary>
public sealed class OwnHost : IAsyncLifetime
{
    private AzuriteProcess _azurite = null!;

    public HostApp App { get; private set; } = null!;

    public string Storage => _azurite.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync();
        App = new HostApp(Storage);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _azurite.DisposeAsync();
    }
}
