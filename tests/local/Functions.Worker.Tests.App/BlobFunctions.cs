using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Worker.Tests.App;

public sealed class BlobFunctions(Journal journal)
{
    [Function(nameof(Dropped))]
    public async Task Dropped(
        [BlobTrigger("%Container%/{path}", Connection = "AzureWebJobsStorage", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string path, Uri uri, IDictionary<string, string> metadata, CancellationToken cancel)
    {
        var content = await blob.DownloadContentAsync(cancel);
        journal.Add($"blob {path} '{content.Value.Content}' {uri == blob.Uri} {(metadata.TryGetValue("mark", out var mark) ? mark : "none")}");
        if (path.StartsWith("bad/", StringComparison.Ordinal)) throw new InvalidOperationException("bad blob");
    }

    [Function(nameof(Greedy))]
    public void Greedy([BlobTrigger("greedy/x/{a}/{b}.csv")] string content, string a, string b, string blobTrigger) =>
        journal.Add($"greedy {a}|{b}|{content}|{blobTrigger}");
}
