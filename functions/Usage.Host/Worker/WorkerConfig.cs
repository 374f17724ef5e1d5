using System.Text.Json.Nodes;
using Usage.Host.Functions;
using Usage.Host.Settings;

namespace Usage.Host.Worker;

/// <summary>How the app is started, as its build wrote it into <c>worker.config.json</c>.</summary>
/// <param name="Folder">The app's output folder, as an absolute path.</param>
/// <param name="Executable">What runs it, as in <c>dotnet</c>.</param>
/// <param name="Assembly">The app itself, within the folder.</param>
internal sealed record WorkerConfig(string Folder, string Executable, string Assembly)
{
    private const string File = "worker.config.json";

    public string Name => Path.GetFileNameWithoutExtension(Assembly);

    /// <exception cref="HostException">The folder holds no built app.</exception>
    public static WorkerConfig Read(string folder)
    {
        var path = Path.Combine(Path.GetFullPath(folder), File);
        if (!System.IO.File.Exists(path))
            throw new HostException($"There is no {File} in {folder}: build the app, and name the folder that it was built to.");
        var found = JsonNode.Parse(System.IO.File.ReadAllText(path))!["description"]!;
        return new(Path.GetFullPath(folder), found["defaultExecutablePath"].Text(), found["defaultWorkerPath"].Text());
    }
}
