using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Functions.Exports;
using Usage.Functions.Exports.Downloads;
using Usage.Storage.Exports;
using Usage.Testing.Emulator;

namespace Usage.Functions.Tests.Exports;

/// <summary>Downloads as the app does, for an integration of one test's own, with less patience.</summary>
internal sealed class Puller : IDisposable
{
    public const string Stamp = "20261122T020000";

    private readonly StorageFixture storage;
    private readonly GuardedHttp http;
    private readonly ExportDownload download;

    public Puller(
        StorageFixture storage, string url, IReadOnlyDictionary<string, string>? headers = null, string allowed = "127.0.0.1",
        IReadOnlyDictionary<string, string?>? settings = null, Func<ExportOptions, ExportOptions>? change = null,
        TokenCredential? credential = null)
    {
        this.storage = storage;
        var options = new ExportOptions
        {
            FirstPause = TimeSpan.FromMilliseconds(1),
            StallTimeout = TimeSpan.FromSeconds(1),
            ResponseTimeout = TimeSpan.FromSeconds(2)
        };
        options = change?.Invoke(options) ?? options;
        Integration = new Integration
        {
            Id = new IntegrationId(storage.Unique("pulled")),
            Version = 1,
            Name = "Pulled",
            Source = new PullSource { Url = url, Headers = headers ?? new Dictionary<string, string>(), Schedule = "0 0 2 * * *" },
        };
        http = new GuardedHttp(new AllowedHosts(allowed), options);
        var secrets = new SecretSettings(
            new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build());
        Pulls = new PullStore(storage.Tables);
        download = new ExportDownload(
            new PullTargets(secrets),
            new ExportRequests(http, new BlobIdentity(credential ?? new DefaultAzureCredential(), options), options),
            storage.Blobs, Pulls, options, TimeProvider.System, NullLogger<ExportDownload>.Instance);
    }

    public Integration Integration { get; set; }

    public PullStore Pulls { get; }

    public Task<DownloadOutcome> PullAsync(string stamp = Stamp, CancellationToken cancel = default) =>
        download.RunAsync(Integration, stamp, cancel);

    /// <summary>Pulls what must come.</summary>
    public async Task<byte[]> PulledAsync(string stamp = Stamp)
    {
        var outcome = await PullAsync(stamp);
        Assert.True(outcome.Status == PullStatus.Pulled, outcome.Message);
        return (await storage.Blobs.Imports.GetBlobClient(outcome.Blob).DownloadContentAsync()).Value.Content.ToArray();
    }

    /// <summary>Pulls what can't come, and answers why, without the address in front.</summary>
    public async Task<(string Reason, Again Again)> FailedAsync()
    {
        var outcome = await PullAsync();
        Assert.True(outcome.Status == PullStatus.Failed, outcome.Message);
        Assert.False(await storage.Blobs.Imports.GetBlobClient($"{Integration.Id}/pulled/{Stamp}.csv").ExistsAsync());
        var shown = Integration.Source!.Url.Split('?')[0];
        Assert.StartsWith($"{shown}: ", outcome.Message);
        return (outcome.Message[(shown.Length + 2)..], outcome.Again);
    }

    public void Dispose() => http.Dispose();
}
