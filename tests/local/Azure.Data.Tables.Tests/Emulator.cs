using Usage.Local.Azurite;

[assembly: AssemblyFixture(typeof(Azure.Data.Tables.Tests.Emulator))]

namespace Azure.Data.Tables.Tests;

/// <summary>One Azurite for all tests; each test has a table of its own.</summary>
public sealed class Emulator : IAsyncLifetime
{
    private AzuriteProcess? _process;

    public string ConnectionString => _process!.ConnectionString;

    public Uri TableEndpoint => _process!.TableEndpoint;

    public async ValueTask InitializeAsync() => _process = await AzuriteProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }

    public TableServiceClient Service(TableClientOptions? options = null) => new(ConnectionString, options);

    /// <summary>A new, empty table.</summary>
    public async Task<TableClient> CreateTableAsync(TableClientOptions? options = null)
    {
        var table = Service(options).GetTableClient("t" + Guid.NewGuid().ToString("N"));
        await table.CreateAsync();
        return table;
    }
}
