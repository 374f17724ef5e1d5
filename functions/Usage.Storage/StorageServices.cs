using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Usage.Storage;

public static class StorageServices
{
    /// <summary>
    /// The storage account of the setting <c>AzureWebJobsStorage</c>: a connection string, or, for a managed identity,
    /// <c>AzureWebJobsStorage__blobServiceUri</c> and <c>AzureWebJobsStorage__tableServiceUri</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither is set.</exception>
    public static IServiceCollection AddUsageStorage(this IServiceCollection services, IConfiguration settings)
    {
        const string name = "AzureWebJobsStorage";
        services.TryAddSingleton(TimeProvider.System);
        if (settings[name] is { Length: > 0 } connection)
        {
            services.AddSingleton(new TableServiceClient(connection));
            services.AddSingleton(new BlobServiceClient(connection));
        }
        else
        {
            TokenCredential credential = new DefaultAzureCredential();
            services.AddSingleton(new TableServiceClient(Address("tableServiceUri"), credential));
            services.AddSingleton(new BlobServiceClient(Address("blobServiceUri"), credential));
        }

        services.AddSingleton<UsageTables>();
        services.AddSingleton<UsageBlobs>();
        return services;

        Uri Address(string key) => settings.GetSection(name)[key] is { Length: > 0 } uri
            ? new Uri(uri)
            : throw new InvalidOperationException($"Neither {name} nor {name}__{key} is set: set one of them to the storage account.");
    }
}
