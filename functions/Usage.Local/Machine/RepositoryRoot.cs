namespace Usage.Local.Machine;

/// <summary>The folder with the solution file, looked for upwards from this program.</summary>
public static class RepositoryRoot
{
    /// <exception cref="LocalException">The program was copied out of its repository.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Usage.Functions.sln"))) return folder.FullName;
        throw new LocalException($"No Usage.Functions.sln above {AppContext.BaseDirectory}: run this from a clone of the repository.");
    }
}
