using System.Reflection;

namespace Usage.Local.Machine;

/// <summary>
/// Programs of this repository that are started from the folders that they were built to, in this program's own configuration.
/// </summary>
public static class BuiltProject
{
    private static readonly string Configuration =
        typeof(BuiltProject).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <param name="project">Of <c>functions/</c>.</param>
    public static string Folder(string project) =>
        Path.Combine(RepositoryRoot.Find(), "functions", project, "bin", Configuration, "net10.0");

    /// <exception cref="LocalException">It isn't built.</exception>
    public static string Assembly(string project)
    {
        var path = Path.Combine(Folder(project), $"{project}.dll");
        return File.Exists(path) ? path : throw new LocalException($"{path} isn't there: build the repository first (dotnet build).");
    }
}
