using Usage.Host.Tests;
using Usage.Local.Azurite;

[assembly: AssemblyFixture(typeof(SharedHost))]

namespace Usage.Host.Tests;

/// <summary>An emulator, and a host on it, for all tests that do them no harm.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private AzuriteProcess _azurite = null!;

    public HostApp App { get; private set; } = null!;

    public HttpClient Http => App.Http;

    /// <summary>An app of one's own on the same emulator would share its host id: those that kill have an emulator of their own.</summary>
    public string Storage => _azurite.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync();
        App = await new HostApp(_azurite.ConnectionString).With("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", $"{256 << 20}").StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _azurite.DisposeAsync();
    }
}
