using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Functions.Tests.Imports;
using Usage.Storage;

namespace Usage.Functions.Tests.Erasing;

/// <summary>
/// Looks for texts in all that the app has stored: names and contents of blobs, packed and encoded ones too, keys and properties of
/// entities.
/// </summary>
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
            found.AddRange(await FindAsync(blobs.GetBlobContainerClient(container.Name), "", texts));
        }

        return found;
    }

    /// <returns>The blobs of a run that have them.</returns>
    public static Task<IReadOnlyList<string>> FindAsync(ImportHost host, RunId run, IReadOnlyList<string> texts) =>
        FindAsync(host.Get<UsageBlobs>().Runs, $"{run}/", texts);

    private static async Task<IReadOnlyList<string>> FindAsync(BlobContainerClient container, string prefix, IReadOnlyList<string> texts)
    {
        var found = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }))
        {
            var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
            if (Names(blob.Name, texts) || Readings(content).Any(text => Names(text, texts))) found.Add($"{container.Name}: {blob.Name}");
        }

        return found;
    }

    private static IEnumerable<string> Readings(byte[] content)
    {
        yield return Encoding.UTF8.GetString(content);
        yield return Encoding.Unicode.GetString(content);
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            using var unpacked = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
            foreach (var reading in Readings(unpacked.ToArray())) yield return reading;
        }

        if (!content.AsSpan().StartsWith("PK"u8)) yield break;
        using var zip = new ZipArchive(new MemoryStream(content));
        foreach (var entry in zip.Entries)
        {
            using var part = new StreamReader(entry.Open());
            yield return part.ReadToEnd();
        }
    }

    private static bool Names(string stored, IReadOnlyList<string> texts) =>
        texts.Any(text => stored.Contains(text, StringComparison.OrdinalIgnoreCase));
}
