using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Storage;
using Usage.Storage.Imports;

namespace Usage.Functions.Imports.Admission;

/// <summary>A file was dropped, or replaced. The event may come late, several times, and in any order.</summary>
public sealed partial class OnFileDropped(DropStore drops, RunScheduler scheduler, ILogger<OnFileDropped> logger)
{
    // With Event Grid as the source, no container is scanned for new files. On one machine the local host sends the events.
    [Function(nameof(OnFileDropped))]
    public async Task RunAsync(
        [BlobTrigger(UsageBlobs.DroppedFiles, Source = BlobTriggerSource.EventGrid, Connection = "AzureWebJobsStorage")] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await drops.FindAsync(blob.Name, cancellationToken) is not { } drop)
        {
            LogGone(Drop.FolderOf(blob.Name), blob.Name);
            return;
        }

        await scheduler.ScheduleAsync(client, RunStart.Of(drop), cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "{Blob} of {Integration} is gone before its event came: nothing to import")]
    private partial void LogGone(string integration, string blob);
}
