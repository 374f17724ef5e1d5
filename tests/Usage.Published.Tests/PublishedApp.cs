using Usage.Local.Azurite;
using Usage.Published.Host;

[assembly: AssemblyFixture(typeof(Usage.Published.Tests.PublishedApp))]

namespace Usage.Published.Tests;

/// <summary>The app as published to the folder that <c>USAGE_PUBLISHED</c> names, on an emulator.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private AzuriteProcess? _storage;
    private FunctionsHost? _host;

    public string Storage => _storage!.ConnectionString;

    public WorkerLink Link => _host!.Link;

    public DurableHub Hub => _host!.Hub;

    public HttpClient Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = Environment.GetEnvironmentVariable("USAGE_PUBLISHED")
            ?? throw new InvalidOperationException("USAGE_PUBLISHED names no folder: dotnet publish the app, as .ci/official does, and say where it is.");
        _storage = await AzuriteProcess.StartAsync();
        _host = await FunctionsHost.StartAsync(folder, new Dictionary<string, string> { ["AzureWebJobsStorage"] = Storage });
        Api = new HttpClient { BaseAddress = new Uri(_host.Url, "api/") };
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        if (_storage is not null) await _storage.DisposeAsync();
    }
}
