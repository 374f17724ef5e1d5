using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>A storage account as a setting names it: a connection string, or an endpoint with an identity.</summary>
internal sealed class StorageConnection
{
    private const string Default = "AzureWebJobsStorage";
    private readonly string? connectionString;
    private readonly Uri? blobEndpoint;
    private readonly TokenCredential? identity;

    private StorageConnection(string connectionString) => this.connectionString = connectionString;

    private StorageConnection(Uri blobEndpoint, Uri queueEndpoint, TokenCredential identity) =>
        (this.blobEndpoint, QueueEndpoint, this.identity) = (blobEndpoint, queueEndpoint, identity);

    private Uri? QueueEndpoint { get; }

    /// <exception cref="StartupException">There is no such setting.</exception>
    public static StorageConnection For(string? name, IConfiguration configuration, string function)
    {
        name = string.IsNullOrEmpty(name) ? Default : name;
        foreach (var key in new[] { "AzureWebJobs" + name, name })
        {
            if ((configuration[key] ?? configuration.GetConnectionString(key)) is { Length: > 0 } text) return new StorageConnection(text);
            if (ByIdentity(configuration.GetSection(key)) is { } connection) return connection;
        }

        throw new StartupException(
            $"Function '{function}': there is no setting {name} with a storage connection string, nor {name}__blobServiceUri or {name}__accountName.");
    }

    public BlobServiceClient Blobs(BlobClientOptions? options = null) =>
        connectionString is not null ? new BlobServiceClient(connectionString, options) : new BlobServiceClient(blobEndpoint, identity, options);

    public StorageQueue Queue(string name) =>
        connectionString is not null ? StorageQueue.From(connectionString, name) : new StorageQueue(QueueEndpoint!, name, StorageQueue.Bearer(identity!));

    private static StorageConnection? ByIdentity(IConfigurationSection section)
    {
        Uri? Endpoint(string service) =>
            section[$"{service}ServiceUri"] is { Length: > 0 } uri ? new Uri(uri)
            : section["serviceUri"] is { Length: > 0 } one ? new Uri(one.Replace(".blob.", $".{service}.", StringComparison.Ordinal))
            : section["accountName"] is { Length: > 0 } account ? new Uri($"https://{account}.{service}.core.windows.net")
            : null;

        if (Endpoint("blob") is not { } blobs) return null;
        var queues = Endpoint("queue") ?? new Uri(blobs.OriginalString.Replace(".blob.", ".queue.", StringComparison.Ordinal));
        var options = new DefaultAzureCredentialOptions { TenantId = section["tenantId"] };
        if (section["clientId"] is { Length: > 0 } client) options.ManagedIdentityClientId = client;
        return new StorageConnection(blobs, queues, new DefaultAzureCredential(options));
    }
}
