using System.Diagnostics;
using System.Globalization;

namespace Usage.Benchmarks.App;

/// <summary>What the system knows of another process. Linux only, as the benchmarks are.</summary>
internal static class ProcessFigures
{
    /// <summary>So that the next peak is that of what comes now.</summary>
    public static Task ResetPeakAsync(int process) => File.WriteAllTextAsync($"/proc/{process}/clear_refs", "5");

    /// <summary>The most memory that was resident since the last reset, in MB.</summary>
    public static async Task<double> PeakMegabytesAsync(int process, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{process}/status", cancellationToken);
        var words = lines.Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(words[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    public static double ProcessorSeconds(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime.TotalSeconds;
    }
}
