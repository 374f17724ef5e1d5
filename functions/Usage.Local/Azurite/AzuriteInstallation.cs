using System.Diagnostics;

namespace Usage.Local.Azurite;

/// <summary>The emulator that <c>infra/azurite/package-lock.json</c> pins, installed with npm when it isn't there yet.</summary>
public sealed class AzuriteInstallation
{
    private AzuriteInstallation(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Finds the emulator, installing it first if need be. Several processes may call it at once: one installs.</summary>
    /// <exception cref="LocalException">Node or npm is missing, or npm failed.</exception>
    public static async Task<AzuriteInstallation> EnsureAsync(Action<string>? tell = null, CancellationToken cancel = default)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "infra", "azurite");
        await RequireNodeAsync(cancel);
        await using var turn = await WaitForTurnAsync(Path.Combine(folder, ".install.lock"), cancel);
        if (!IsInstalled(folder))
        {
            tell?.Invoke("Installing the storage emulator (npm ci) …");
            var (code, _, errors) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder, cancel);
            if (code != 0) throw new LocalException($"npm ci in infra/azurite ended with code {code}: {LastLine(errors)}");
        }

        return new AzuriteInstallation(folder);
    }

    // The hidden lock file is the last thing that npm writes: an installation that was cut short has none.
    private static bool IsInstalled(string folder) =>
        File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"))
        && File.Exists(Path.Combine(folder, "node_modules", "azurite", "package.json"));

    private static async Task RequireNodeAsync(CancellationToken cancel)
    {
        try
        {
            var (code, version, _) = await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancel);
            if (code == 0 && int.TryParse(version.TrimStart('v').Split('.')[0], out var major) && major >= 18) return;
            throw new LocalException($"Node 18 or later is needed for the storage emulator; found {version.Trim()}: install it from nodejs.org.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new LocalException("Node isn't on the PATH, and the storage emulator needs it: install Node 20 from nodejs.org.");
        }
    }

    private static async Task<FileStream> WaitForTurnAsync(string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancel);
            }
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string command, string[] arguments, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() && command == "npm" ? "npm.cmd" : command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output, await errors);
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing";
}
