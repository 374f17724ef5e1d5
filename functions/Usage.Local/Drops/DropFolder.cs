using Azure;
using Azure.Storage.Blobs;
using Usage.Core.Ids;

namespace Usage.Local.Drops;

/// <summary>
/// Uploads what people copy into <c>drop/{integration}/</c> to the container, as their own tools would. It looks once a second
/// rather than listen for changes: notifications get lost on network drives and in containers, and a look costs nothing.
/// </summary>
public sealed class DropFolder(string folder, BlobContainerClient imports, UsageApi api)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly UploadedFiles uploaded = UploadedFiles.Load(Path.Combine(folder, ".uploaded.json"));
    private readonly HashSet<string> toldOf = [];
    private Dictionary<string, FileState> before = [];

    public async Task WatchAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        await imports.CreateIfNotExistsAsync(cancellationToken: cancel);
        while (true)
        {
            await UploadSettledAsync(cancel);
            await Task.Delay(Pause, cancel);
        }
    }

    // A file that looks as it did a second ago isn't being copied any more.
    private async Task UploadSettledAsync(CancellationToken cancel)
    {
        var now = Look();
        foreach (var (path, state) in now)
            if (before.GetValueOrDefault(path) == state && !uploaded.Contains(path, state) && IsWanted(path))
                await UploadAsync(path, state, cancel);
        before = now;
    }

    private Dictionary<string, FileState> Look() =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), State: FileState.Of(file)))
            .Where(file => file.Path.Contains('/') && !file.Path.Split('/').Any(IsHidden))
            .ToDictionary(file => file.Path, file => file.State);

    /// <summary>Also what Office leaves beside a workbook while it is open.</summary>
    private static bool IsHidden(string part) => part.StartsWith('.') || part.StartsWith("~$", StringComparison.Ordinal);

    private bool IsWanted(string path)
    {
        var problem = !IntegrationId.TryParse(path.Split('/')[0], out _)
            ? $"its folder is no integration's id ({IntegrationId.Rule})"
            : null;
        if (problem is not null && toldOf.Add(path)) Say.Line($"[yellow]drop/{path}[/] is left where it is: {problem}.");
        return problem is null;
    }

    private async Task UploadAsync(string path, FileState state, CancellationToken cancel)
    {
        try
        {
            await using var content = File.OpenRead(Path.Combine(folder, path));
            await imports.GetBlobClient(path).UploadAsync(content, overwrite: true, cancel);
            uploaded.Add(path, state);
            Say.Line($"Dropped [bold]imports/{path}[/]");
            _ = TellOutcomeAsync(path, cancel);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or RequestFailedException)
        {
            // Looked at again in a second: it may be locked by whoever writes it, or the emulator is busy.
            if (toldOf.Add(path)) Say.Line($"[yellow]drop/{path}[/] can't be uploaded yet: {problem.Message.Split('\n')[0]}");
        }
    }

    private async Task TellOutcomeAsync(string path, CancellationToken cancel)
    {
        try
        {
            var run = await RunWatcher.WaitAsync(api, await RunWatcher.FindAsync(api, path.Split('/')[0], path, cancel), cancel);
            RunWatcher.PrintOutcome(run, api.App);
        }
        catch (LocalException problem)
        {
            Say.Line($"[yellow]{path}[/]: {problem.Message}");
        }
        catch (OperationCanceledException)
        {
            // The run goes on at the next start.
        }
    }
}
