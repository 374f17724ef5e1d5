using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Usage.Storage;

/// <summary>
/// The storage account of the app, as the setting <c>AzureWebJobsStorage</c> names it to the host: a connection string, or
/// identity-based (<c>__accountName</c>, or <c>__blobServiceUri</c> and <c>__tableServiceUri</c>; <c>__clientId</c> for a user-assigned identity).
/// </summary>
internal static class StorageConnection
{
    private const string Setting = "AzureWebJobsStorage";

    /// <exception cref="InvalidOperationException">The setting is missing or incomplete; the message says what to set.</exception>
    public static (BlobServiceClient Blobs, TableServiceClient Tables) Open(IConfiguration settings)
    {
        var section = settings.GetSection(Setting);
        if (section.Value is { Length: > 0 } text) return (new BlobServiceClient(text), new TableServiceClient(text));
        var credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });
        return (new BlobServiceClient(Address(section, "blob"), credential), new TableServiceClient(Address(section, "table"), credential));
    }

    private static Uri Address(IConfigurationSection section, string service)
    {
        if (section[$"{service}ServiceUri"] is { Length: > 0 } uri) return new Uri(uri);
        if (section["accountName"] is { Length: > 0 } account) return new Uri($"https://{account}.{service}.core.windows.net");
        throw new InvalidOperationException(
            $"The app setting {Setting} is missing: set it to a connection string, or {Setting}__accountName to the name of the storage account.");
    }
}
