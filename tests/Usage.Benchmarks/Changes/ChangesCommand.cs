using System.CommandLine;
using System.Diagnostics;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Output;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Benchmarks.Changes;

/// <summary>The same file again, one in which a few rows changed, and an undo, beside the first import.</summary>
internal static class ChangesCommand
{
    private const int ChangedIn = 20;

    public static Command Make()
    {
        var rows = new Option<int>("--rows") { Description = "Rows of the file, one an account.", DefaultValueFactory = _ => 200_000 };
        var times = new Option<int>("--times") { Description = "Measurements of each.", DefaultValueFactory = _ => 3 };
        var command = new Command(
            "changes", "A file again, a file with changes, and an undo, each beside the first import.") { rows, times };
        command.SetAction((found, cancellationToken) => RunAsync(found.GetValue(rows), found.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rows, int times, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        await app.AddAccountsAsync(rows, cancellationToken);
        var probe = new ImportProbe(bench, app, rows, dates: false);
        await probe.PrepareAsync("warm-up", cancellationToken);
        await probe.ImportAsync("warm-up", 1_000, cancellationToken);
        var rounds = new List<Round>();
        for (var time = 0; time < times; time++)
        {
            rounds.Add(await Round.MeasureAsync(bench, app, probe, rows, time, cancellationToken));
            await Console.Error.WriteLineAsync($"{rounds[^1]}");
        }

        await ReportAsync(rounds, rows, cancellationToken);
        return 0;
    }

    private static async Task ReportAsync(List<Round> rounds, int rows, CancellationToken cancellationToken)
    {
        var result = new ResultFile("changes", "Changes");
        result.Line(
            $"{Spread.Text(rows, "N0")} rows, one an account, four values each; from the end of the drop, or the request, until the run "
            + "has succeeded. Host, worker and emulator share the machine.");
        result.Line();
        result.Table(["", "seconds", "to the first", "worker, peak MB"],
        [
            Row("first import", round => round.First),
            Row("the same file again, forced", round => round.Again),
            Row("a file in which 5 % of the rows changed", round => round.Changed),
            ["undo of an import", Of(round => round.Undo), Ratio(round => round.Undo / round.Undone), ""],
        ]);
        result.Target("time of the same file again to that of the first",
            Median(round => round.Again.Seconds / round.First.Seconds), "≤", 0.4);
        result.Target("time of a file with 5 % changed to that of the first",
            Median(round => round.Changed.Seconds / round.First.Seconds), "≤", 0.5);
        result.Target("time of an undo to that of the import", Median(round => round.Undo / round.Undone), "≤", 1.5);
        result.Target("bytes kept a row with four values", Median(round => round.Kept / (double)rows), "≤", 40, "0.0");
        result.Target("peak memory of the worker, MB",
            rounds.Max(round => new[] { round.First, round.Again, round.Changed }.Max(one => one.WorkerPeak)), "≤", 300, "0");
        await result.SaveAsync(cancellationToken);

        IReadOnlyList<string> Row(string what, Func<Round, Imported> import) =>
        [
            what, Of(round => import(round).Seconds), Ratio(round => import(round).Seconds / round.First.Seconds),
            Spread.Of(rounds.Select(round => import(round).WorkerPeak)).Show("0"),
        ];
        string Of(Func<Round, double> seconds) => Spread.Of(rounds.Select(seconds)).Show("0.0");
        string Ratio(Func<Round, double> ratio) => Spread.Of(rounds.Select(ratio)).Show("0.00");
        double Median(Func<Round, double> value) => Spread.Of(rounds.Select(value)).Median;
    }

    /// <param name="Undone">Seconds of the import that was taken back.</param>
    /// <param name="Undo">Seconds of that.</param>
    /// <param name="Kept">Bytes of the first import's log.</param>
    private sealed record Round(Imported First, Imported Again, Imported Changed, double Undone, double Undo, long Kept)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

        public static async Task<Round> MeasureAsync(
            Bench bench, BenchApp app, ImportProbe probe, int rows, int time, CancellationToken cancellationToken)
        {
            var name = $"changes-{time}";
            await probe.PrepareAsync(name, cancellationToken);
            await bench.EmptySnapshotsAsync(cancellationToken);
            var first = await ImportAsync(0, force: false);
            var again = await ImportAsync(0, force: true);
            var changed = await ImportAsync(ChangedIn, force: false);
            var kept = await bench.KeptBytesAsync(first.Run.Id, "changes/", cancellationToken);
            name = $"undo-{time}";
            await probe.PrepareAsync(name, cancellationToken);
            await bench.EmptySnapshotsAsync(cancellationToken);
            var undone = await ImportAsync(0, force: false);
            var watch = Stopwatch.StartNew();
            await EndAsync(bench, await app.UndoAsync(undone.Run.Id, cancellationToken), cancellationToken);
            return new Round(first, again, changed, undone.Seconds, watch.Elapsed.TotalSeconds, kept);

            Task<Imported> ImportAsync(int changedIn, bool force) => probe.ImportAsync(
                name, Pause, to => UsageFile.WriteAsync(to, rows, rows, dates: false, cancellationToken, changedIn),
                cancellationToken, force);
        }

        public override string ToString() => FormattableString.Invariant(
            $"first {First.Seconds:0.0} s, again {Again.Seconds:0.0} s, changed {Changed.Seconds:0.0} s, undo {Undo:0.0} of {Undone:0.0}");

        private static async Task EndAsync(Bench bench, RunId run, CancellationToken cancellationToken)
        {
            while (await bench.Runs.FindAsync(run, cancellationToken) is not { } found || !found.Run.HasEnded())
                await Task.Delay(Pause, cancellationToken);
            if ((await bench.Runs.GetAsync(run, cancellationToken)).Run is { Status: not RunStatus.Succeeded } failed)
                throw new InvalidOperationException($"Undo {run} is {failed.Status}: {failed.Error?.Message}");
        }
    }
}
