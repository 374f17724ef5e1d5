using Microsoft.Extensions.DependencyInjection;
using Usage.Core.Outbound;
using Usage.Functions.Erasing;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Functions.Upkeep;
using Usage.Functions.Uploads;
using Usage.Storage.Setup;
using Usage.Testing.Emulator;

namespace Usage.Functions.Tests.Http;

/// <summary>The functions of HTTP on a storage of their own, in which no run is at work.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    /// <summary>Where each secret may go.</summary>
    public const string SecretHost = "files.example.com";

    private readonly StorageFixture _storage = new();
    private ServiceProvider _services = null!;
    private ApiCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        _services = new ServiceCollection()
            .AddLogging().AddMetrics()
            .AddSingleton(TimeProvider.System).AddSingleton(_storage.Tables).AddSingleton(_storage.Blobs).AddUsageStores()
            .AddSingleton(new UsageOptions()).AddSingleton(new UpkeepOptions())
            .AddSingleton(new OutboundRules(new AllowedHosts(null), name => new SecretScope(name, SecretHost, null)))
            .AddRuns().AddErasing().AddUploads().AddApi()
            .BuildServiceProvider();
        _caller = new ApiCaller(_services);
    }

    internal Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => _caller.GetAsync(path, headers);

    internal Task<ApiAnswer> PutAsync(string path, string body, params (string Name, string Value)[] headers) =>
        _caller.PutAsync(path, body, headers);

    internal Task<ApiAnswer> DeleteAsync(string path, params (string Name, string Value)[] headers) => _caller.DeleteAsync(path, headers);

    internal Task<ApiAnswer> SendAsync(string method, string path, byte[] body, params (string Name, string Value)[] headers) =>
        _caller.SendAsync(method, path, body, headers);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A name that no other test has.</summary>
    public string Unique(string name) => _storage.Unique(name);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
    }
}

/// <summary>Tests that share it run one after the other, and keep apart by the names that they use.</summary>
[CollectionDefinition(Name)]
public sealed class ApiTestGroup : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
