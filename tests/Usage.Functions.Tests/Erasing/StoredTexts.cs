using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Erasing;

/// <summary>Looks for texts in all that the app has stored: names and contents of blobs, keys and properties of entities.</summary>
internal static class StoredTexts
{
    /// <returns>Where they stand, but for dropped files.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(ImportHost host, IReadOnlyList<string> texts)
    {
        var found = new List<string>();
        await foreach (var table in host.Storage.TableService.QueryAsync())
            await foreach (var entity in host.Storage.TableService.GetTableClient(table.Name).QueryAsync<TableEntity>())
                if (Names(string.Join('\n', entity.Select(property => $"{property.Value}")), texts))
                    found.Add($"{table.Name}: {entity.PartitionKey} {entity.RowKey}");
        var blobs = new BlobServiceClient(host.Storage.ConnectionString);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            if (container.Name == "imports") continue;
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
            {
                var content = (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content;
                if (Names(blob.Name, texts) || Names(Encoding.UTF8.GetString(content), texts)) found.Add($"{container.Name}: {blob.Name}");
            }
        }

        return found;
    }

    private static bool Names(string stored, IReadOnlyList<string> texts) =>
        texts.Any(text => stored.Contains(text, StringComparison.OrdinalIgnoreCase));
}
