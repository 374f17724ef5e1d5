using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>Lists the container, a page a scan, and hands each blob that isn't done to a run.</summary>
internal sealed partial class BlobScanner(
    string function, BlobPath path, BlobContainerClient container, BlobReceipts receipts, BlobRun run, int parallelism, TimeSpan interval, ILogger logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim slots = new(parallelism);
    private readonly ConcurrentDictionary<UInt128, Task> running = new();
    private readonly ConcurrentQueue<UInt128> finished = new();
    private HashSet<UInt128>? done;
    private HashSet<UInt128> doneInThisPass = [];
    private string? next;

    public string Function => function;

    /// <param name="input">As in <c>imports/a/b.csv</c>.</param>
    /// <returns>False when the function has no such blobs.</returns>
    public bool RunByHand(string input, CancellationToken cancel)
    {
        var slash = input.IndexOf('/');
        if (slash < 0 || input[..slash] != path.Container || path.Match(input[(slash + 1)..]) is null) return false;
        _ = Task.Run(() => GuardAsync(input[(slash + 1)..], cancel), CancellationToken.None);
        return true;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var failures = 0;
        try
        {
            while (true)
            {
                var wait = interval;
                try
                {
                    done ??= await receipts.LoadAsync(cancel);
                    await ScanAsync(cancel);
                    if (failures > 0) LogBack(path.Container);
                    failures = 0;
                }
                catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
                {
                    // Nobody has dropped anything yet.
                }
                catch (Exception e) when (!cancel.IsCancellationRequested)
                {
                    if (failures++ == 0) LogAway(path.Container, function, e.Message.Split('\n')[0]);
                    wait = Backoff(failures);
                }

                await Task.Delay(wait, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Task.WhenAll(running.Values);
        }
    }

    private async Task GuardAsync(string name, CancellationToken cancel)
    {
        try
        {
            await run.RunByHandAsync(name, cancel);
        }
        catch (Exception e)
        {
            if (!cancel.IsCancellationRequested) LogByHand(name, e);
        }
    }

    private async Task ScanAsync(CancellationToken cancel)
    {
        while (finished.TryDequeue(out var key))
        {
            done!.Add(key);
            doneInThisPass.Add(key);
            running.TryRemove(key, out _);
        }

        var pages = container.GetBlobsAsync(new GetBlobsOptions { Prefix = path.Prefix }, cancel).AsPages(next);
        await foreach (var page in pages)
        {
            foreach (var blob in page.Values) await ConsiderAsync(blob, cancel);
            next = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;
            break;
        }

        if (next is not null) return;
        // Only what is still there need be remembered.
        (done, doneInThisPass) = (doneInThisPass, []);
    }

    private async Task ConsiderAsync(BlobItem blob, CancellationToken cancel)
    {
        if (blob.Properties.ETag?.ToString("G").Trim('"') is not { } etag) return;
        var key = receipts.Fingerprint(blob.Name, etag);
        if (done!.Contains(key) || path.Match(blob.Name) is null)
        {
            doneInThisPass.Add(key);
            return;
        }

        if (running.ContainsKey(key)) return;
        await slots.WaitAsync(cancel);
        running[key] = Task.Run(() => TakeAsync(blob.Name, etag, key, cancel), CancellationToken.None);
    }

    private async Task TakeAsync(string name, string etag, UInt128 key, CancellationToken cancel)
    {
        var through = false;
        try
        {
            through = await run.RunAsync(name, etag, cancel);
        }
        catch (Exception e)
        {
            if (!cancel.IsCancellationRequested) LogLater(name, e);
        }
        finally
        {
            slots.Release();
            if (through) finished.Enqueue(key);
            else running.TryRemove(key, out _);
        }
    }

    private TimeSpan Backoff(int failures)
    {
        var wait = interval * Math.Pow(2, Math.Min(failures, 6));
        return wait < LongestWait ? wait : LongestWait;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {Container} can't be listed for function '{Function}': {Reason}; trying until it can")]
    private partial void LogAway(string container, string function, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Container {Container} can be listed again")]
    private partial void LogBack(string container);

    [LoggerMessage(Level = LogLevel.Error, Message = "Blob {Blob}, run by hand, failed")]
    private partial void LogByHand(string blob, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Blob {Blob} is put off")]
    private partial void LogLater(string blob, Exception exception);
}
