namespace Usage.Local.App;

/// <summary>What a child process says: all of it to a file, the last line at hand.</summary>
internal sealed class TailedLog : IAsyncDisposable
{
    private const long KeptBytes = 10 << 20;

    private readonly StreamWriter file;
    private readonly SemaphoreSlim turn = new(1);

    public TailedLog(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > KeptBytes) File.Move(path, path + ".1", overwrite: true);
        file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public string? LastLine { get; private set; }

    public async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await turn.WaitAsync();
            if (!string.IsNullOrWhiteSpace(line)) LastLine = line.Trim();
            await file.WriteLineAsync(line);
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        turn.Dispose();
    }
}
