using System.Text.Json;
using Usage.Local.Machine;

namespace Usage.Local.Drops;

/// <summary>A file as it was when it was looked at.</summary>
internal readonly record struct FileState(long Length, DateTime ChangedAt)
{
    public static FileState Of(FileInfo file) => new(file.Length, file.LastWriteTimeUtc);
}

/// <summary>Which files of the drop folder were uploaded, remembered across starts.</summary>
internal sealed class UploadedFiles
{
    private readonly string _path;
    private readonly Dictionary<string, FileState> _files;

    private UploadedFiles(string path, Dictionary<string, FileState> files) => (_path, _files) = (path, files);

    public static UploadedFiles Load(string path)
    {
        try
        {
            return new(path, File.Exists(path)
                ? JsonSerializer.Deserialize<Dictionary<string, FileState>>(File.ReadAllBytes(path)) ?? [] : []);
        }
        catch (JsonException)
        {
            throw new LocalException($"{path} is no valid JSON: delete it (files in the drop folder are then uploaded again).");
        }
    }

    public bool Contains(string file, FileState state) => _files.TryGetValue(file, out var known) && known == state;

    public void Add(string file, FileState state)
    {
        _files[file] = state;
        File.WriteAllBytes(_path + ".new", JsonSerializer.SerializeToUtf8Bytes(_files));
        File.Move(_path + ".new", _path, overwrite: true);
    }
}
