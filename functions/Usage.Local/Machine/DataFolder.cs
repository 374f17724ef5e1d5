namespace Usage.Local.Machine;

/// <summary>The folder with everything that outlives one start; one running instance owns it.</summary>
public sealed class DataFolder
{
    private DataFolder(string path) => Root = path;

    public string Root { get; }

    public string Azurite => Path.Combine(Root, "azurite");

    public string Drop => Path.Combine(Root, "drop");

    public string AppLog => Path.Combine(Root, "app.log");

    public static DataFolder At(DirectoryInfo? folder) => new(folder?.FullName ?? Path.Combine(RepositoryRoot.Find(), ".usage"));

    /// <exception cref="LocalException">Another instance owns the folder, or it can't be written.</exception>
    public IDisposable Own()
    {
        try
        {
            Directory.CreateDirectory(Drop);
            return new FileStream(Path.Combine(Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new LocalException($"{Root} can't be written ({problem.Message}): choose another folder with --data.");
        }
        catch (IOException)
        {
            throw new LocalException($"Another instance is running on {Root}: stop it, or choose another folder with --data.");
        }
    }
}
