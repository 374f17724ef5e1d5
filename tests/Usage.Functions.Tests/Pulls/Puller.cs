using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;
using Usage.Functions.Pulls.Downloads;
using Usage.Functions.Settings;
using Usage.Storage.Integrations;
using Usage.Storage.Pulls;
using Usage.Testing.Emulator;

namespace Usage.Functions.Tests.Pulls;

/// <summary>Downloads as the app does, for an integration of one test's own, with less patience.</summary>
internal sealed class Puller : IDisposable
{
    public const string Stamp = "20261122T020000";

    private readonly StorageFixture _storage;
    private readonly GuardedHttp _http;
    private readonly IntegrationStore _integrations;
    private readonly DownloadFile _download;

    public Puller(
        StorageFixture storage, string url, IReadOnlyDictionary<string, string>? headers = null, string allowed = "127.0.0.1",
        IReadOnlyDictionary<string, string?>? settings = null, Action<PullOptions>? change = null,
        TokenCredential? credential = null, UsageOptions? limits = null, double response = 2)
    {
        _storage = storage;
        var options = new PullOptions { FirstPauseSeconds = 0.001, StallSeconds = 1 };
        change?.Invoke(options);
        Integration = new Integration
        {
            Id = new IntegrationId(storage.Unique("pulled")),
            Name = "Pulled",
            Source = new PullSource { Url = url, Headers = headers ?? new Dictionary<string, string>(), Schedule = "0 0 2 * * *" },
        };
        _http = new GuardedHttp(new AllowedHosts(allowed), new OutboundOptions { ResponseSeconds = response });
        var secrets = new SecretSettings(
            new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build());
        Pulls = new PullStore(storage.Tables);
        _integrations = new IntegrationStore(storage.Tables);
        _download = new DownloadFile(
            _integrations, new PullTargets(secrets),
            new DownloadClient(
                _http, new BlobIdentity(credential ?? new DefaultAzureCredential(), options.GetBlobSources()), secrets, options),
            storage.Blobs, Pulls, options, limits ?? new UsageOptions(), TimeProvider.System, NullLogger<DownloadFile>.Instance);
    }

    public Integration Integration { get; private set; }

    public PullStore Pulls { get; }

    public async Task<DownloadOutcome> PullAsync(string stamp = Stamp, CancellationToken cancellationToken = default)
    {
        if (Integration.Version == 0) await SaveAsync();
        return await _download.RunAsync(new DownloadFile.Input(Integration.Id, stamp), cancellationToken);
    }

    /// <summary>Each time as a further version.</summary>
    public async Task SaveAsync() =>
        Integration = (await _integrations.TryWriteAsync(Integration, await _integrations.GetAsync(Integration.Id, default), default))!;

    /// <summary>Pulls what must come.</summary>
    public async Task<byte[]> PulledAsync(string stamp = Stamp)
    {
        var outcome = await PullAsync(stamp);
        Assert.True(outcome.Status == PullStatus.Pulled, outcome.Message);
        return (await _storage.Blobs.Imports.GetBlobClient(outcome.Blob).DownloadContentAsync()).Value.Content.ToArray();
    }

    /// <summary>Pulls what can't come, and answers why, without the address in front.</summary>
    public async Task<(string Reason, Retry Retry)> FailedAsync()
    {
        var outcome = await PullAsync();
        Assert.True(outcome.Status == PullStatus.Failed, outcome.Message);
        Assert.False(await _storage.Blobs.Imports.GetBlobClient($"{Integration.Id}/pulled/{Stamp}.csv").ExistsAsync());
        var shown = Integration.Source!.Url.Split('?')[0];
        Assert.StartsWith($"{shown}: ", outcome.Message);
        return (outcome.Message[(shown.Length + 2)..], outcome.Retry);
    }

    public void Dispose() => _http.Dispose();
}
