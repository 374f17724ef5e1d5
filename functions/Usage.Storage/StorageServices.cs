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
        var (blobs, tables) = StorageConnection.Open(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(tables);
        services.AddSingleton(blobs);
        services.AddSingleton<UsageTables>();
        services.AddSingleton<UsageBlobs>();
        services.AddHostedService<StorageStart>();
        services.AddRunStorage();
        return services;
    }
}
