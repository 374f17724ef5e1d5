using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using NCrontab;

namespace Usage.Published.Host;

/// <summary>What comes from outside by itself: events of blobs, as Event Grid and the blob extension hand them on, and times.</summary>
public static class Events
{
    public static Task<JsonObject> TellOfBlobAsync(this WorkerLink link, string container, string name)
    {
        var blob = new JsonObject { ["Connection"] = "AzureWebJobsStorage", ["ContainerName"] = container, ["BlobName"] = name };
        return link.InvokeAsync(link.Functions.Single(function => function.Kind == "blobTrigger"), new JsonObject
        {
            ["modelBindingData"] = new JsonObject
            {
                ["version"] = "1.0",
                ["source"] = "AzureStorageBlobs",
                ["contentType"] = "application/json",
                ["content"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(blob.ToJsonString())),
            },
        });
    }

    public static Task<JsonObject> TellOfTimeAsync(this WorkerLink link, Function timer) =>
        link.InvokeAsync(timer, new JsonObject { ["json"] = """{"ScheduleStatus":null,"IsPastDue":false}""" });

    /// <summary>Tells of each blob of a container once, until the token ends it.</summary>
    public static async Task WatchAsync(this WorkerLink link, BlobContainerClient container, CancellationToken cancel)
    {
        var told = new HashSet<string>();
        for (; ; await Task.Delay(200, cancel))
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions(), cancel))
                if (told.Add($"{blob.Name}\n{blob.Properties.ETag}"))
                    _ = link.TellOfBlobAsync(container.Name, blob.Name);
    }

    public static async Task TickAsync(this WorkerLink link, Function timer, CancellationToken cancel)
    {
        var schedule = CrontabSchedule.Parse((string)timer.Trigger["schedule"]!, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        while (true)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await Task.Delay(schedule.GetNextOccurrence(now) - now, cancel);
            await link.TellOfTimeAsync(timer);
        }
    }
}
