using Azure.Storage.Blobs;
using Usage.Local.Azurite;
using Usage.Local.Demonstration;
using Usage.Local.Drops;
using Usage.Local.Host;

namespace Usage.Local;

public sealed record StartOptions(int Port, DataFolder Data, bool Demo, bool Once);

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
        Say.Quietly("Starting the app …");
        await using var app = await StartAppAsync(options, storage.ConnectionString, log, cancellationToken);
        using var api = new UsageApi(app.Url);
        await api.WaitUntilHealthyAsync(cancellationToken);
        Say.Line($"Listening on [bold]{app.Url}[/]  (the page; log: {options.Data.AppLog})");

        var imports = new BlobContainerClient(storage.ConnectionString, "imports", StorageOptions.Emulated());
        var worked = !options.Demo || await SourcePage.ShowAsync(api, imports, cancellationToken);
        if (options.Once) return worked ? 0 : 1;

        NextSteps.Print(app.Url, options.Data, options.Demo);
        var watching = new DropFolder(options.Data.Drop, imports, api).WatchAsync(cancellationToken);
        await await Task.WhenAny(watching, FailWithAppAsync(app, cancellationToken));
        return 1;
    }

    private static Task<HostProcess> StartAppAsync(
        StartOptions options, string storage, LogFile log, CancellationToken cancellationToken) =>
        HostProcess.StartAsync(
        new HostStart
        {
            Storage = storage,
            Port = options.Port,
            Settings = new Dictionary<string, string> { ["Usage__Pulls__AllowedHosts"] = "127.0.0.1,localhost" },
            Log = log.Write,
        },
        cancellationToken);

    private static async Task FailWithAppAsync(HostProcess app, CancellationToken cancellationToken)
    {
        var code = await app.EndedAsync(cancellationToken);
        throw new LocalException(
            $"The host of the app ended with code {code}: {app.LastLine ?? "it said nothing"} (see app.log in the data folder). "
            + "Start it again: what was under way goes on.");
    }
}
