using Azure.Storage.Blobs;
using Usage.Local.App;
using Usage.Local.Azurite;
using Usage.Local.Demonstration;
using Usage.Local.Drops;

namespace Usage.Local;

public sealed record StartOptions(int Port, DataFolder Data, bool Demo, bool Once);

/// <summary>Storage, app, demonstration, drop folder: up until Ctrl-C, down in the opposite order.</summary>
public static class StartCommand
{
    public static async Task<int> RunAsync(StartOptions options, CancellationToken cancel)
    {
        LocalSettings.Check(RepositoryRoot.Find());
        Ports.RequireFree(options.Port);
        using var owned = options.Data.Own();

        Say.Quietly("Starting storage (Azurite) …");
        await using var azurite = await AzuriteProcess.StartAsync(options.Data.Azurite, tell: Say.Quietly, cancel: cancel);
        Say.Quietly("Starting the app …");
        await using var app = await AppProcess.StartAsync(options.Port, azurite.ConnectionString, options.Data, cancel);
        using var api = new UsageApi(app.Url);
        await app.WaitUntilHealthyAsync(api, cancel);
        Say.Line($"Listening on [bold]{app.Url}[/]  (log: {options.Data.AppLog})");

        var imports = new BlobContainerClient(azurite.ConnectionString, "imports", StorageOptions.Emulated());
        var worked = !options.Demo || await SourcePage.ShowAsync(api, imports, cancel);
        if (options.Once) return worked ? 0 : 1;

        NextSteps.Print(app.Url, options.Data, options.Demo);
        var watching = new DropFolder(options.Data.Drop, imports, api).WatchAsync(cancel);
        await await Task.WhenAny(watching, app.Ended(cancel));
        return 1;
    }
}
