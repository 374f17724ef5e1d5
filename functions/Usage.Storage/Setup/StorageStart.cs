using Microsoft.Extensions.Hosting;

namespace Usage.Storage.Setup;

/// <summary>Makes the tables and containers that aren't there yet, before anything else of the app starts.</summary>
internal sealed class StorageStart(UsageTables tables, UsageBlobs blobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(tables.EnsureAsync(cancellationToken), blobs.EnsureAsync(cancellationToken));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
