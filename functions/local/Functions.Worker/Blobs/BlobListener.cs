using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>All blob functions of the app.</summary>
internal sealed partial class BlobListener(IReadOnlyList<BlobScanner> scanners) : ITriggerListener
{
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    /// <exception cref="StartupException">A path or a connection can't be used.</exception>
    public static BlobListener For(
        IReadOnlyList<FunctionDescriptor> functions, HostSettings settings, FunctionInvoker invoker,
        IConfiguration configuration, ILoggerFactory loggers, Assembly app)
    {
        var logger = loggers.CreateLogger("Host.Triggers.Blob");
        var interval = Interval(configuration["FUNCTIONS_LOCAL_BLOB_SCAN_MS"]);
        var hostId = configuration["AzureFunctionsWebHost:hostid"] is { Length: > 0 } set ? set : HostId(app);
        var scanners = new List<BlobScanner>();
        foreach (var function in functions)
        {
            if (function.Trigger is not BlobTriggerAttribute trigger) continue;
            var path = BlobPath.Parse(SettingNames.Resolve(trigger.BlobPath, configuration, function.Name), function.Name);
            var data = StorageConnection.For(trigger.Connection, configuration, function.Name);
            var host = StorageConnection.For(HasHostStorage(configuration) ? null : trigger.Connection, configuration, function.Name);
            var receipts = new BlobReceipts(host.Blobs(Quick()), hostId, function.Name, path.Container);
            var poison = new PoisonBlobs(data.Queue(PoisonBlobs.QueueName), function.Name, path.Container);
            var watched = data.Blobs(Quick()).GetBlobContainerClient(path.Container);
            var run = new BlobRun(
                function, path, data.Blobs().GetBlobContainerClient(path.Container), watched, receipts, poison, settings.BlobTries, invoker, logger);
            scanners.Add(new BlobScanner(function.Name, path, watched, receipts, run, settings.BlobParallelism, interval, logger));
        }

        return new BlobListener(scanners);
    }

    public Task StartAsync(CancellationToken cancel)
    {
        running = Task.WhenAll(scanners.Select(s => Task.Run(() => s.RunAsync(stop.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        await stop.CancelAsync();
        await running.WaitAsync(cancel);
    }

    /// <returns>Null when it is no blob function; false when it has no such blobs.</returns>
    public bool? RunNow(FunctionDescriptor function, string input) => scanners.FirstOrDefault(scanner => scanner.Function == function.Name)?.RunByHand(input, stop.Token);

    // The scanner itself tries again, and says so once: the client's own patience would only hide an outage.
    private static BlobClientOptions Quick() => new() { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(30) } };

    private static bool HasHostStorage(IConfiguration configuration) => configuration.GetSection("AzureWebJobsStorage").Exists();

    private static TimeSpan Interval(string? text) =>
        string.IsNullOrEmpty(text) ? TimeSpan.FromMilliseconds(500)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms > 0 ? TimeSpan.FromMilliseconds(ms)
        : throw new StartupException($"FUNCTIONS_LOCAL_BLOB_SCAN_MS: found \"{text}\", expected milliseconds above 0.");

    private static string HostId(Assembly app)
    {
        var name = NotInAnId().Replace(app.GetName().Name!.ToLowerInvariant(), "-").Trim('-');
        return name.Length <= 32 ? name : name[..32].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInAnId();
}
