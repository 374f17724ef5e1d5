namespace Usage.Local.Host;

/// <summary>The log of host and app, in a file that begins anew when it is large.</summary>
internal sealed class LogFile : IDisposable
{
    private const long KeptBytes = 10 << 20;

    private readonly Lock _turn = new();
    private readonly StreamWriter _file;

    public LogFile(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > KeptBytes) File.Move(path, path + ".1", overwrite: true);
        _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public void Write(string line)
    {
        lock (_turn) _file.WriteLine(line);
    }

    public void Dispose() => _file.Dispose();
}
