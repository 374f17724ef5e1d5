using System.CommandLine;
using System.Diagnostics;
using Usage.Benchmarks.Output;
using Usage.Local.Machine;
using Usage.Testing.Machine;

namespace Usage.Benchmarks.Starting;

/// <summary>The one command, built, in an empty folder: until the demonstration's table is printed.</summary>
internal static class ColdStartCommand
{
    private const double WantedSeconds = 15;
    private const string LastOfTable = "╰"; // its lower left corner

    public static Command Make()
    {
        var times = new Option<int>("--times") { Description = "Measurements.", DefaultValueFactory = _ => 5 };
        var command = new Command("start", "The whole command's cold start: seconds until the demonstration's table.") { times };
        command.SetAction((found, cancellationToken) => RunAsync(found.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int times, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var time = 0; time < times; time++) seconds.Add(await StartAsync(cancellationToken));
        var result = new ResultFile("start", "The command's cold start");
        result.Line(
            "From the start of the built command in an empty folder until the demonstration's table is printed: emulator, host, worker, "
                + "configuration, file, run.");
        result.Line();
        result.Line($"- seconds: {Spread.Of(seconds).Show("0.0")}");
        result.Target("seconds at the median", Spread.Of(seconds).Median, "≤", WantedSeconds, "0.0");
        await result.SaveAsync(cancellationToken);
        return 0;
    }

    private static async Task<double> StartAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("usage-start-");
        try
        {
            string[] arguments =
                ["exec", BuiltProject.Assembly("Usage.Local"), "--once", "--data", data.FullName, "--port", $"{FreePorts.Take()}"];
            var watch = Stopwatch.StartNew();
            using var command = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            double? table = null;
            while (await command.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
                if (line.StartsWith(LastOfTable, StringComparison.Ordinal)) table = watch.Elapsed.TotalSeconds;
            await command.WaitForExitAsync(cancellationToken);
            return command.ExitCode == 0 && table is { } shown
                ? shown : throw new InvalidOperationException($"The command ended with code {command.ExitCode}.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
