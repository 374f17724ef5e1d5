using System.Diagnostics;
using Usage.Local.Machine;

namespace Usage.Local.Azurite;

/// <summary>What a folder's <c>package-lock.json</c> pins, installed with npm when it isn't there yet.</summary>
public static class NodePackages
{
    /// <summary>Sees to it that they are there. Several processes may call it at once: one installs.</summary>
    /// <param name="path">Of the folder, from the repository's root.</param>
    /// <param name="what">Is installed, for messages: "the storage emulator".</param>
    /// <param name="tell">Hears of long work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="LocalException">Node or npm is missing, or npm failed.</exception>
    public static async Task<string> EnsureAsync(
        string path, string what, Action<string>? tell = null, CancellationToken cancellationToken = default)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), path);
        await RequireNodeAsync(what, cancellationToken);
        await using var turn = await WaitForTurnAsync(Path.Combine(folder, ".install.lock"), cancellationToken);
        if (!IsInstalled(folder))
        {
            tell?.Invoke($"Installing {what} (npm ci) …");
            var (code, _, errors) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder, cancellationToken);
            if (code != 0) throw new LocalException($"npm ci in {path} ended with code {code}: {LastLine(errors)}");
        }

        return folder;
    }

    // The hidden lock file is the last thing that npm writes: an installation that was cut short has none.
    private static bool IsInstalled(string folder) => File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"));

    private static async Task RequireNodeAsync(string what, CancellationToken cancellationToken)
    {
        try
        {
            var (code, version, _) = await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellationToken);
            if (code == 0 && int.TryParse(version.TrimStart('v').Split('.')[0], out var major) && major >= 18) return;
            throw new LocalException($"Node 18 or later is needed for {what}; found {version.Trim()}: install it from nodejs.org.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new LocalException($"Node isn't on the PATH, and {what} needs it: install Node 20 from nodejs.org.");
        }
    }

    private static async Task<FileStream> WaitForTurnAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string command, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() && command == "npm" ? "npm.cmd" : command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing";
}
