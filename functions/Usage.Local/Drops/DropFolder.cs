using Azure;
using Azure.Storage.Blobs;
using Usage.Core.Ids;
using Usage.Local.Api;
using Usage.Local.Machine;

namespace Usage.Local.Drops;

/// <summary>
/// Uploads what people copy into <c>drop/{integration}/</c> to the container, as their own tools would. It looks once a second
/// rather than listen for changes: notifications get lost on network drives and in containers, and a look costs nothing.
/// </summary>
public sealed class DropFolder(string folder, BlobContainerClient imports, UsageApi api)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly UploadedFiles _uploaded = UploadedFiles.Load(Path.Combine(folder, ".uploaded.json"));
    private readonly HashSet<string> _toldOf = [];
    private Dictionary<string, FileState> _before = [];

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await imports.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        while (true)
        {
            await UploadSettledAsync(cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    // A file that looks as it did a second ago isn't being copied any more.
    private async Task UploadSettledAsync(CancellationToken cancellationToken)
    {
        var now = Look();
        foreach (var (path, state) in now)
            if (_before.GetValueOrDefault(path) == state && !_uploaded.Contains(path, state) && IsWanted(path))
                await UploadAsync(path, state, cancellationToken);
        _before = now;
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
        if (problem is not null && _toldOf.Add(path)) Say.Line($"[yellow]drop/{path}[/] is left where it is: {problem}.");
        return problem is null;
    }

    private async Task UploadAsync(string path, FileState state, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(Path.Combine(folder, path));
            await imports.GetBlobClient(path).UploadAsync(content, overwrite: true, cancellationToken);
            _uploaded.Add(path, state);
            Say.Line($"Dropped [bold]imports/{path}[/]");
            _ = TellOutcomeAsync(path, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or RequestFailedException)
        {
            // Looked at again in a second: it may be locked by whoever writes it, or the emulator is busy.
            if (_toldOf.Add(path)) Say.Line($"[yellow]drop/{path}[/] can't be uploaded yet: {problem.Message.Split('\n')[0]}");
        }
    }

    private async Task TellOutcomeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var run = await RunWatcher.WaitAsync(
                api, await RunWatcher.FindAsync(api, path.Split('/')[0], path, cancellationToken), cancellationToken);
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
