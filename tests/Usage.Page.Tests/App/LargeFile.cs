namespace Usage.Page.Tests.App;

/// <summary>A file of the disk with many rows, for as long as a test needs it.</summary>
internal sealed class LargeFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public LargeFile(string name, string header, string row, int rows)
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        using var file = new StreamWriter(Path);
        file.Write(header);
        for (var written = 0; written < rows; written++) file.Write(row);
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
