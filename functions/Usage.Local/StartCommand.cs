using Azure.Storage.Blobs;
using Usage.Local.Api;
using Usage.Local.Azurite;
using Usage.Local.Demonstration;
using Usage.Local.Drops;
using Usage.Local.Host;
using Usage.Local.Machine;

namespace Usage.Local;

/// <param name="Instances">Hosts of the app, each with its worker, behind the one port.</param>
public sealed record StartOptions(int Port, DataFolder Data, bool Demo, bool Once, int Instances);

/// <summary>Storage, app, demonstration, drop folder: up until Ctrl-C, down in the opposite order.</summary>
public static class StartCommand
{
    public static async Task<int> RunAsync(StartOptions options, CancellationToken cancellationToken)
    {
        Ports.RequireFree(options.Port);
        using var owned = options.Data.Own();
        using var log = new LogFile(options.Data.AppLog);

        Say.Quietly("Starting storage (Azurite) …");
        await using var storage = await Emulator.StartAsync(options.Data.Azurite, tell: Say.Quietly, cancellationToken);
        Say.Quietly(options.Instances == 1 ? "Starting the app …" : $"Starting {options.Instances} instances of the app …");
        await using var app = await StartAppAsync(options, storage.ConnectionString, log, cancellationToken);
        using var api = new UsageApi(app.Url);
        await api.WaitUntilHealthyAsync(cancellationToken);
        Say.Line($"Listening on [bold]{app.Url}[/]  (the page; log: {options.Data.AppLog})");

        var imports = new BlobContainerClient(storage.ConnectionString, "imports", StorageOptions.Emulated());
        var worked = !options.Demo || await SourcePage.ShowAsync(api, imports, cancellationToken);
        if (options.Once) return worked ? 0 : 1;

        NextSteps.Print(app.Url, options.Data, options.Demo);
        var watching = new DropFolder(options.Data.Drop, imports, api).WatchAsync(cancellationToken);
        await await Task.WhenAny(watching, app.FailAtEndAsync(cancellationToken));
        return 1;
    }

    private static async Task<IRunningApp> StartAppAsync(
        StartOptions options, string storage, LogFile log, CancellationToken cancellationToken)
    {
        var start = new HostStart
        {
            Storage = storage,
            Port = options.Port,
            Settings = new Dictionary<string, string> { ["Usage__Pulls__AllowedHosts"] = "127.0.0.1,localhost" },
            Log = log.Write,
        };
        return options.Instances == 1
            ? await HostProcess.StartAsync(start, cancellationToken)
            : await Instances.StartAsync(start, options.Instances, Say.Quietly, cancellationToken);
    }
}
