using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Usage.Storage.Runs;

namespace Usage.Storage;

public static class StorageServices
{
    /// <summary>The storage account of the setting <c>AzureWebJobsStorage</c>, its tables and its containers; one for the process, so that connections are shared.</summary>
    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static IServiceCollection AddUsageStorage(this IServiceCollection services, IConfiguration settings)
    {
        var connection = new StorageConnection(settings);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => connection.Tables(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton(provider => connection.Blobs(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<UsageTables>();
        services.AddSingleton<UsageBlobs>();
        services.AddHostedService<StorageStart>();
        services.AddRunStorage();
        return services;
    }
}
