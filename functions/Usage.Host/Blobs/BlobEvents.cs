using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Host.Durable;
using Usage.Host.Functions;
using Usage.Host.Jobs;
using Usage.Host.Settings;
using Usage.Host.Webhooks;

namespace Usage.Host.Blobs;

/// <summary>
/// By hand: stands for Event Grid, which the emulator lacks. It lists the container of each blob function that is fed by Event Grid, and
/// posts an event for each new version of a blob to the blob extension's own webhook. What was posted is remembered in storage: a
/// version is told once, also by several hosts on one storage, and what was dropped while nothing ran is told at the next start. As with
/// Event Grid, a crash at the wrong moment may tell twice.
/// </summary>
internal sealed partial class BlobEvents(
    BlobServiceClient storage, IReadOnlyList<FunctionDefinition> functions, ExtensionWebhooks webhooks, HostId host, Recovery recovery,
    TimeProvider clock, ILogger<BlobEvents> logger)
{
    /// <summary>Between two looks, and five times what a look takes if that is longer: many old blobs aren't listed all the time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks whether the host that looks for blobs is gone.</summary>
    private static readonly TimeSpan Aside = TimeSpan.FromSeconds(1);

    private BlobContainerClient Kept => storage.GetBlobContainerClient(HostId.Container);

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(functions
        .Where(function => function.Kind == "blobTrigger" && (string?)function.Trigger["source"] == "EventGrid")
        .Select(function => WatchAsync(function, cancellationToken)));

    private async Task WatchAsync(FunctionDefinition function, CancellationToken cancellationToken)
    {
        var container = storage.GetBlobContainerClient(function.Trigger["path"].Text().Split('/')[0]);
        var name = $"blobevents/{host}/{function.Name}";
        var lease = new WatchLease(Kept.GetBlobClient($"{name}.lease"), recovery.WorkerId, clock);
        ToldVersions? told = null;
        for (var (ready, failed) = (false, false); !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                if (!ready) await PrepareAsync(container, cancellationToken);
                ready = true;
                var mine = await lease.HoldAsync(cancellationToken);
                // What another host has told by the time that this one has the lease is read then.
                told = mine ? told ?? await ToldVersions.LoadAsync(Kept, $"{name}/", cancellationToken) : null;
                var looked = clock.GetTimestamp();
                var anew = told is not null && await TellNewAsync(function, container, told, cancellationToken);
                failed = false;
                await Task.Delay(!mine ? Aside : anew ? Pause : After(clock.GetElapsedTime(looked)), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                // One line, however long storage is away.
                if (!failed) Failed(problem, function.Name, container.Name);
                failed = true;
                await Task.Delay(Pause, CancellationToken.None);
            }
        }

        await lease.ReleaseAsync();
    }

    private async Task PrepareAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Kept.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    private static TimeSpan After(TimeSpan look) =>
        look * 5 < Pause ? Pause : look * 5 > LongestPause ? LongestPause : look * 5;

    /// <returns>Whether something was new.</returns>
    private async Task<bool> TellNewAsync(
        FunctionDefinition function, BlobContainerClient container, ToldVersions told, CancellationToken cancellationToken)
    {
        var anew = false;
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions(), cancellationToken))
        {
            var version = $"{blob.Name}\n{blob.Properties.ETag}";
            if (told.Contains(version)) continue;
            await TellAsync(function, container, blob, cancellationToken);
            await told.AddAsync(version, cancellationToken);
            anew = true;
        }

        return anew;
    }

    private async Task TellAsync(
        FunctionDefinition function, BlobContainerClient container, BlobItem blob, CancellationToken cancellationToken)
    {
        var created = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["topic"] = "local",
            ["subject"] = $"/blobServices/default/containers/{container.Name}/blobs/{blob.Name}",
            ["eventType"] = "Microsoft.Storage.BlobCreated",
            ["eventTime"] = clock.GetUtcNow().ToString("O"),
            ["dataVersion"] = "",
            ["metadataVersion"] = "1",
            ["data"] = new JsonObject
            {
                ["api"] = "PutBlob",
                ["blobType"] = "BlockBlob",
                ["eTag"] = $"{blob.Properties.ETag}",
                ["url"] = container.GetBlobClient(blob.Name).Uri.AbsoluteUri,
            },
        };
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"http://127.0.0.1/runtime/webhooks/blobs?functionName={FunctionTypes.TypeName}.{function.Name}")
        {
            Content = new StringContent(new JsonArray(created).ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("aeg-event-type", "Notification");
        using var answer = await webhooks.SendAsync("blobs", request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "New blobs can't be looked for ({Function} in {Container}); it is tried on and on")]
    private partial void Failed(Exception problem, string function, string container);
}
