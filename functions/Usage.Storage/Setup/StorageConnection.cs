using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Usage.Storage.Tables;
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

    /// <exception cref="OptionsValidationException">The setting is missing, incomplete or none; its sentence says what to set.</exception>
    public StorageConnection(IConfiguration settings)
    {
        _section = settings.GetSection(Setting);
        _text = _section.Value is { Length: > 0 } text ? text : null;
        if (_text is null) _ = (Address("blob"), Address("table"));
        else if (!IsConnection(_text)) throw Wrong("found what is no connection string, expected one as Azure shows it for the account.");
    }

    public BlobServiceClient Blobs(IMeterFactory meters)
    {
        var options = new BlobClientOptions();
        options.AddPolicy(new StorageTelemetry(meters, "blob"), HttpPipelinePosition.PerRetry);
        return _text is null ? new BlobServiceClient(Address("blob"), Credential(), options) : new BlobServiceClient(_text, options);
    }

    public TableServiceClient Tables(IMeterFactory meters, RequestWindow window)
    {
        var options = UsageTables.ClientOptions(window);
        options.AddPolicy(new StorageTelemetry(meters, "table"), HttpPipelinePosition.PerRetry);
        return _text is null ? new TableServiceClient(Address("table"), Credential(), options) : new TableServiceClient(_text, options);
    }

    private DefaultAzureCredential Credential() =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = _section["clientId"] });

    private Uri Address(string service)
    {
        if (_section[$"{service}ServiceUri"] is { Length: > 0 } uri) return new Uri(uri);
        if (_section["accountName"] is { Length: > 0 } account) return new Uri($"https://{account}.{service}.core.windows.net");
        throw Wrong($"found nothing, expected a connection string, or the storage account's name in {Setting}__accountName.");
    }

    private static bool IsConnection(string text)
    {
        try
        {
            _ = new BlobServiceClient(text);
            return true;
        }
        catch (Exception none) when (none is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static OptionsValidationException Wrong(string what) => new(Setting, typeof(StorageConnection), [$"{Setting}: {what}"]);
}
