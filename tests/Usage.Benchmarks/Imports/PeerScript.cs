using System.Diagnostics;
using System.Globalization;
using Usage.Local.Azurite;

namespace Usage.Benchmarks.Imports;

/// <summary>The script of <c>Peer/</c>: what someone would write by hand instead, tuned.</summary>
internal sealed class PeerScript
{
    private readonly string _folder;
    private readonly string _connection;

    private PeerScript(string folder, string connection) => (_folder, _connection) = (folder, connection);

    public static async Task<PeerScript> PrepareAsync(string connection, CancellationToken cancellationToken) =>
        new(await NodePackages.EnsureAsync(
            "tests/Usage.Benchmarks/Peer", "the benchmark's peer", Console.Error.WriteLine, cancellationToken),
            connection);

    /// <returns>Seconds, without those that Node takes to start.</returns>
    public async Task<double> ImportAsync(string file, string product, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "node",
            ["import.js", _connection, file, "snapshots", product, "2026-10-01"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true
        };
        using var script = Process.Start(start)!;
        var said = await script.StandardOutput.ReadToEndAsync(cancellationToken);
        await script.WaitForExitAsync(cancellationToken);
        if (script.ExitCode != 0) throw new InvalidOperationException($"The script ended with code {script.ExitCode}.");
        return double.Parse(said, CultureInfo.InvariantCulture);
    }
}
