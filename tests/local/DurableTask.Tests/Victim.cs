using System.Diagnostics;
using System.Globalization;

namespace Microsoft.DurableTask.Tests;

/// <summary>A folder, and the processes that work on it one after the other.</summary>
internal sealed class Victim : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("victim-").FullName;

    /// <summary>How often each activity has left its mark.</summary>
    public Dictionary<string, long> Effects => new DirectoryInfo(Path.Combine(Directory, "effects"))
        .GetFiles().ToDictionary(file => file.Name, file => file.Length);

    /// <summary>The lines that it printed; null when it was killed.</summary>
    public async Task<string[]?> RunAsync(int? killAfter = null)
    {
        using var process = Start(killAfter);
        using var patience = new CancellationTokenSource(s_patience);
        var lines = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal("", await errors);
        return process.ExitCode == 0 ? (await lines).Split('\n') : null;
    }

    public async Task RunAndKillAsync(TimeSpan after)
    {
        using var process = Start(null);
        _ = process.StandardOutput.ReadToEndAsync();
        await Task.WhenAny(Task.Delay(after), process.WaitForExitAsync());
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private Process Start(int? killAfter)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "DurableTask.Tests.Host.dll"));
        start.ArgumentList.Add(Directory);
        if (killAfter is { } changes)
        {
            start.ArgumentList.Add(changes.ToString(CultureInfo.InvariantCulture));
        }

        return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
    }
}
