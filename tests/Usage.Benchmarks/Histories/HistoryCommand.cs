using System.CommandLine;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Histories;

/// <summary>How orchestrations' histories grow with the rows of a file.</summary>
internal static class HistoryCommand
{
    private const int WantedPayload = 4_096;

    public static Command Make()
    {
        var rows = new Option<int[]>("--rows")
        {
            Description = "Rows of the files.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [10, 10_000, 200_000, 1_000_000],
        };
        var accounts = new Option<int>(
            "--accounts")
        {
            Description = "Accounts; rows beyond them are further rows of the same accounts.",
            DefaultValueFactory = _ => 20_000
        };
        var command = new Command("history", "Bytes and events of an import's orchestrations against its rows.") { rows, accounts };
        command.SetAction((found, cancellationToken) => RunAsync(found.GetValue(rows)!, found.GetValue(accounts), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int[] sizes, int accounts, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        var runs = new List<(int Rows, string Run)>();
        await using (var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken))
        {
            await app.AddAccountsAsync(accounts, cancellationToken);
            var probe = new ImportProbe(bench, app, accounts, dates: false);
            foreach (var rows in sizes)
            {
                await probe.PrepareAsync($"history-{rows}", cancellationToken);
                runs.Add((rows, (await probe.ImportAsync($"history-{rows}", rows, cancellationToken)).Run.Id.Value));
            }
        }

        var histories = new HistoryTable(bench.Tables, "UsageHub");
        var found = new List<(int Rows, IReadOnlyList<HistoryFigures> Sizes)>();
        foreach (var (rows, run) in runs) found.Add((rows, await histories.OfAsync(run, cancellationToken)));
        var result = new ResultFile("history", "Histories of orchestrations");
        result.Line(
            "Of one import: its own orchestration and the sub-orchestrations that it fans out into. A payload is an activity's or an "
                + "orchestration's input or output.");
        result.Line();
        result.Table(
            ["rows", "orchestrations", "events", "bytes", "events of the longest", "bytes of the largest", "largest payload, bytes"],
            found.Select(run => (IReadOnlyList<string>)
            [
                $"{run.Rows:N0}", $"{run.Sizes.Count:N0}", $"{run.Sizes.Sum(s => s.Events):N0}", $"{run.Sizes.Sum(s => s.Bytes):N0}",
                $"{run.Sizes.Max(s => s.Events):N0}", $"{run.Sizes.Max(s => s.Bytes):N0}", $"{run.Sizes.Max(s => s.LargestPayload):N0}",
            ]));
        result.Target("largest payload, bytes", found.Max(run => run.Sizes.Max(s => s.LargestPayload)), "≤", WantedPayload, "#,0");
        await result.SaveAsync(cancellationToken);
        return 0;
    }
}
