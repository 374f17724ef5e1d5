using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Usage.Host.Tests.App;

public sealed class EventFunctions(Journal journal)
{
    [Function(nameof(Dropped))]
    public async Task Dropped([BlobTrigger("drops/{path}", Source = BlobTriggerSource.EventGrid)] BlobClient blob)
    {
        journal.Add($"blob {blob.Name} {(await blob.DownloadContentAsync()).Value.Content}");
        if (blob.Name.StartsWith("bad/", StringComparison.Ordinal)) throw new InvalidOperationException("a bad blob");
    }

    [Function(nameof(Every))]
    public void Every([TimerTrigger("%Every%")] TimerInfo timer) => journal.Add($"every {timer.IsPastDue}");

    [Function(nameof(Nightly))]
    public void Nightly([TimerTrigger("0 0 2 * * *")] TimerInfo timer) => journal.Add($"nightly {timer.IsPastDue}");
}
