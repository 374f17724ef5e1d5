using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>Takes one blob, as it was listed, to the function's success, or to the poison queue after the last try.</summary>
internal sealed partial class BlobRun(
    FunctionDescriptor function, BlobPath path, BlobContainerClient forFunction, BlobContainerClient forHost,
    BlobReceipts receipts, PoisonBlobs poison, int tries, FunctionInvoker invoker, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <returns>True when the host is through with this blob and ETag; false when it is to be found again.</returns>
    public async Task<bool> RunAsync(string name, string etag, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Asked before each try: an outage of the storage is no fault of the blob and costs it no try.
            if (await PropertiesAsync(name, cancel) is not { } properties || properties.ETag.ToString("G").Trim('"') != etag) return true;
            try
            {
                await InvokeAsync(name, properties, cancel);
                await KeepTryingAsync(() => receipts.WriteAsync(name, etag, cancel), cancel);
                return true;
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // Logged by the invoker.
                if (attempt < tries)
                {
                    await Task.Delay(Delay(attempt), cancel);
                    continue;
                }
            }

            if (await PropertiesAsync(name, cancel) is null) return true;
            LogPoison(name, tries, PoisonBlobs.QueueName);
            await KeepTryingAsync(() => poison.ReportAsync(name, properties.BlobType.ToString() + "Blob", etag, cancel), cancel);
            await KeepTryingAsync(() => receipts.WriteAsync(name, etag, cancel), cancel);
            return true;
        }
    }

    /// <summary>Once, by hand: no note is taken and nothing is tried again.</summary>
    public async Task RunByHandAsync(string name, CancellationToken cancel)
    {
        if (await PropertiesAsync(name, cancel) is { } properties) await InvokeAsync(name, properties, cancel);
    }

    private Task<object?> InvokeAsync(string name, BlobProperties properties, CancellationToken cancel) => invoker.InvokeAsync(new Invocation.Invocation
    {
        Function = function,
        Input = features => features.Set(new BlobInput(forFunction, name)),
        Data = BlobBindingData.Of(path.Match(name)!, forFunction.GetBlobClient(name), properties),
        Cancel = cancel,
    });

    private async Task<BlobProperties?> PropertiesAsync(string name, CancellationToken cancel)
    {
        try
        {
            return await forHost.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancel);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    // What the function did must not be done again only because the note of it could not be written at once.
    private async Task KeepTryingAsync(Func<Task> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                if (attempt == 1) LogNotNoted(function.Name, e.Message.Split('\n')[0]);
                await Task.Delay(Delay(attempt), cancel);
            }
        }
    }

    private static TimeSpan Delay(int attempt) => attempt > 5 ? LongestDelay : FirstDelay * Math.Pow(2, attempt - 1);

    [LoggerMessage(Level = LogLevel.Error, Message = "Blob {Blob} failed {Tries} times; a message is in queue {Queue}")]
    private partial void LogPoison(string blob, int tries, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage account doesn't take notes of function '{Function}': {Reason}; trying until it does")]
    private partial void LogNotNoted(string function, string reason);
}
