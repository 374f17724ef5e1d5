using Spectre.Console;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Local.Api;
using Usage.Local.Host;
using Usage.Local.Machine;

namespace Usage.Local.Drops;

/// <summary>
/// Sends one file to an app that is running. Exit code 0: all of it counted; 2: some rows wait to be mended; 1: nothing counted.
/// </summary>
public static class DropCommand
{
    public static async Task<int> RunAsync(FileInfo file, string integration, int port, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new LocalException($"{file.FullName} isn't there, or is no file.");
        if (!IntegrationId.TryParse(integration, out _))
            throw new LocalException($"--integration: found \"{integration}\", expected {IntegrationId.Rule}.");
        var app = new Uri($"http://127.0.0.1:{port}/");
        // A file is nobody's business but the app's.
        if (await HostStatus.FindAsync(app, cancellationToken) is not { App: HostStatus.Usage })
            throw new LocalException(
                $"No app answers on {app}: start it with `dotnet run --project functions/Usage.Local`, or name its port with --port.");
        using var api = new UsageApi(app);
        var id = await UploadAsync(api, file, integration, cancellationToken);
        var run = await RunWatcher.WatchAsync(api, id, file.Name, cancellationToken);
        RunWatcher.PrintOutcome(run, api.App);
        return run.Status switch
        {
            RunStatus.Succeeded or RunStatus.Duplicate => 0,
            RunStatus.PartiallySucceeded => 2,
            _ => 1,
        };
    }

    private static Task<RunId> UploadAsync(UsageApi api, FileInfo file, string integration, CancellationToken cancellationToken) =>
        AnsiConsole.Progress().StartAsync(async display =>
        {
            var line = display.AddTask(Markup.Escape($"{file.Name}: sending"), maxValue: Math.Max(1, file.Length));
            await using var content = new CountedStream(Open(file), sent => line.Value = sent);
            return await api.UploadAsync(integration, file.Name, content, cancellationToken);
        });

    private static FileStream Open(FileInfo file)
    {
        try
        {
            return file.OpenRead();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LocalException($"{file.FullName} can't be read: {problem.Message}");
        }
    }
}
