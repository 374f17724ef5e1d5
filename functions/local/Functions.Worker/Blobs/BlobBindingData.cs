using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>What a blob trigger knows by name; all but the path's parts is JSON text, as it comes from the host.</summary>
internal static class BlobBindingData
{
    public static Dictionary<string, object?> Of(Dictionary<string, object?> pathParts, BlobClient blob, BlobProperties properties)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["BlobTrigger"] = $"{blob.BlobContainerName}/{blob.Name}",
            ["Uri"] = JsonSerializer.Serialize(blob.Uri),
            ["Metadata"] = JsonSerializer.Serialize(properties.Metadata),
            ["Properties"] = JsonSerializer.Serialize(new
            {
                ETag = properties.ETag.ToString("H"),
                properties.LastModified,
                properties.CreatedOn,
                properties.ContentLength,
                properties.ContentType,
                properties.ContentEncoding,
                properties.ContentHash,
                BlobType = properties.BlobType.ToString(),
            }),
        };
        foreach (var (name, value) in pathParts) data[name] = value;
        return data;
    }
}
