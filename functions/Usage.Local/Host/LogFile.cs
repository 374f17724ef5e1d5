using System.Text.RegularExpressions;
using Usage.Core;

namespace Usage.Local.Host;

/// <summary>
/// The log of host and app, in a file that begins anew when it is large. It is its user's alone, and holds no key: what a request or a
/// connection string names as one is left out.
/// </summary>
public sealed partial class LogFile : IDisposable
{
    private const long KeptBytes = 10 << 20;
    private const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _turn = new();
    private readonly StreamWriter _file;

    public LogFile(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > KeptBytes) File.Move(path, path + ".1", overwrite: true);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UserOnly;
            foreach (var earlier in new[] { path, path + ".1" }.Where(File.Exists)) File.SetUnixFileMode(earlier, UserOnly);
        }

        _file = new StreamWriter(path, options) { AutoFlush = true };
    }

    public void Write(string line)
    {
        var plain = Key().Replace(CellText.Line(line), "$1…");
        lock (_turn) _file.WriteLine(plain);
    }

    public void Dispose() => _file.Dispose();

    [GeneratedRegex(
        @"(?i)((?<=[?&])code=|\b(?:sig|AccountKey|SharedAccessKey|SharedAccessSignature|AdminKey|x-functions-key)(?:=|: ?))"
            + @"[^\s&;""']+")]
    private static partial Regex Key();
}
