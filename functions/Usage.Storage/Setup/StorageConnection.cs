using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Usage.Storage.Telemetry;

namespace Usage.Storage.Setup;

/// <summary>
/// The storage account of the app, as the setting <c>AzureWebJobsStorage</c> names it to the host: a connection string, or
/// identity-based (<c>__accountName</c>, or <c>__blobServiceUri</c> and <c>__tableServiceUri</c>; <c>__clientId</c> for a user-assigned
/// identity).
/// </summary>
internal sealed class StorageConnection
{
    private const string Setting = "AzureWebJobsStorage";

    private readonly IConfigurationSection _section;
    private readonly string? _text;

    /// <exception cref="InvalidOperationException">The setting is missing or incomplete; the message says what to set.</exception>
    public StorageConnection(IConfiguration settings)
    {
        _section = settings.GetSection(Setting);
        _text = _section.Value is { Length: > 0 } text ? text : null;
        if (_text is not null) return;
        Address("blob");
        Address("table");
    }

    public BlobServiceClient Blobs(IMeterFactory meters)
    {
        var options = new BlobClientOptions();
        options.AddPolicy(new StorageTelemetry(meters, "blob"), HttpPipelinePosition.PerRetry);
        return _text is null ? new BlobServiceClient(Address("blob"), Credential(), options) : new BlobServiceClient(_text, options);
    }

    public TableServiceClient Tables(IMeterFactory meters)
    {
        var options = UsageTables.ClientOptions();
        options.AddPolicy(new StorageTelemetry(meters, "table"), HttpPipelinePosition.PerRetry);
        return _text is null ? new TableServiceClient(Address("table"), Credential(), options) : new TableServiceClient(_text, options);
    }

    private DefaultAzureCredential Credential() =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = _section["clientId"] });

    private Uri Address(string service)
    {
        if (_section[$"{service}ServiceUri"] is { Length: > 0 } uri) return new Uri(uri);
        if (_section["accountName"] is { Length: > 0 } account) return new Uri($"https://{account}.{service}.core.windows.net");
        throw new InvalidOperationException(
            $"The app setting {Setting} is missing: set it to a connection string, or {Setting}__accountName to the name of the storage "
                + $"account.");
    }
}
