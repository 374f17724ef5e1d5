using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Usage.Storage.Connections;

/// <summary>
/// The storage account of the app, as the setting <c>AzureWebJobsStorage</c> names it to the host: a connection string, or
/// identity-based (<c>__accountName</c>, or <c>__blobServiceUri</c> and <c>__tableServiceUri</c>; <c>__clientId</c> for a user-assigned identity).
/// One for the whole process: its clients share their connections.
/// </summary>
public sealed class StorageConnection
{
    public const string Setting = "AzureWebJobsStorage";

    /// <exception cref="InvalidOperationException">The setting is missing or incomplete; the message says what to set.</exception>
    public StorageConnection(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Setting);
        (Blobs, Tables) = section.Value is { Length: > 0 } text
            ? (new BlobServiceClient(text), new TableServiceClient(text))
            : FromIdentity(section);
    }

    public BlobServiceClient Blobs { get; }

    public TableServiceClient Tables { get; }

    /// <param name="name">One of <see cref="TableNames"/>.</param>
    public TableClient Table(string name) => Tables.GetTableClient(name);

    /// <param name="name">One of <see cref="ContainerNames"/>.</param>
    public BlobContainerClient Container(string name) => Blobs.GetBlobContainerClient(name);

    private static (BlobServiceClient Blobs, TableServiceClient Tables) FromIdentity(IConfigurationSection section)
    {
        var credential = Credential(section["clientId"]);
        return (new BlobServiceClient(ServiceUri(section, "blob"), credential), new TableServiceClient(ServiceUri(section, "table"), credential));
    }

    private static DefaultAzureCredential Credential(string? clientId) =>
        new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId });

    private static Uri ServiceUri(IConfigurationSection section, string service)
    {
        if (section[$"{service}ServiceUri"] is { Length: > 0 } uri) return new Uri(uri);
        if (section["accountName"] is { Length: > 0 } account) return new Uri($"https://{account}.{service}.core.windows.net");
        throw new InvalidOperationException(
            $"The app setting {Setting} is missing: set it to a connection string, or {Setting}__accountName to the name of the storage account.");
    }
}
