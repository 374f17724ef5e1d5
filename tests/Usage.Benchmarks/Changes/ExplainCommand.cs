using System.CommandLine;
using System.Diagnostics;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Changes;

/// <summary>Where a value comes from, on a date that many runs have written.</summary>
internal static class ExplainCommand
{
    /// <summary>Of so many different values, one after the other.</summary>
    private const int Values = 30;

    public static Command Make()
    {
        var rows = new Option<int>("--rows") { Description = "Rows of each file, one an account.", DefaultValueFactory = _ => 2_000 };
        var runs = new Option<int>("--runs") { Description = "Imports on the same date.", DefaultValueFactory = _ => 50 };
        var command = new Command("explain", "Milliseconds of explaining a value that many runs wrote.") { rows, runs };
        command.SetAction((found, cancellationToken) => RunAsync(found.GetValue(rows), found.GetValue(runs), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rows, int runs, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        await app.AddAccountsAsync(rows, cancellationToken);
        var probe = new ImportProbe(bench, app, rows, dates: false);
        await probe.PrepareAsync("explain", cancellationToken);
        var date = "";
        for (var run = 0; run < runs; run++)
        {
            // Every second file differs in every second row.
            var imported = await probe.ImportAsync(
                "explain", TimeSpan.FromMilliseconds(50),
                to => UsageFile.WriteAsync(to, rows, rows, dates: false, cancellationToken, changedIn: 2 * (run % 2)), cancellationToken,
                force: true);
            date = $"{imported.Run.Dates.Single().Date:yyyy-MM-dd}";
        }

        var (first, others) = (0.0, new List<double>());
        for (var at = 0; at < Values; at++)
        {
            var watch = Stopwatch.StartNew();
            var told = await app.Api.GetAsync(
                $"explain?account=a{at * (rows / Values):0000000}&product=explain&date={date}&dimension=monthly_active_users",
                cancellationToken);
            if (at == 0) first = watch.Elapsed.TotalMilliseconds;
            else others.Add(watch.Elapsed.TotalMilliseconds);
            var earlier = told["earlier"]!.AsArray().Count;
            if (earlier != runs - 1) throw new InvalidOperationException($"{earlier} earlier writes are told, expected {runs - 1}");
        }

        var result = new ResultFile("explain", "Explaining a value");
        result.Line(
            $"{runs} imports of {Spread.Text(rows, "N0")} rows on one date, all told with their rows; values of different accounts, the "
            + "first one apart, for which nothing is in memory.");
        result.Line();
        result.Table(["", "ms"], [["the first", Spread.Text(first, "0")], ["others", Spread.Of(others).Show("0")]]);
        result.Target($"milliseconds with {runs} runs on the date", Math.Max(first, Spread.Of(others).Median), "≤", 300, "0");
        await result.SaveAsync(cancellationToken);
        return 0;
    }
}
