using System.CommandLine;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Reading;

/// <summary>Reading without writing: parse, match and type, beside a bare loop over the same cells.</summary>
internal static class ReadCommand
{
    private const double WantedOfBare = 0.25;

    public static Command Make()
    {
        var rows = new Option<int>("--rows") { Description = "Rows of the file.", DefaultValueFactory = _ => 1_000_000 };
        var accounts = new Option<int>("--accounts") { Description = "Accounts to match.", DefaultValueFactory = _ => 200_000 };
        var times = new Option<int>("--times") { Description = "Measurements of each.", DefaultValueFactory = _ => 7 };
        var command = new Command("read", "Rows a second and core: parse, match, type; beside a bare CsvHelper loop over the same cells.") { rows, accounts, times };
        command.SetAction((found, cancel) => RunAsync(found.GetValue(rows), found.GetValue(accounts), found.GetValue(times), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int rows, int accounts, int times, CancellationToken cancel)
    {
        var file = await UsageFile.BytesAsync(rows, accounts, cancel);
        var subject = await ReadSubject.MakeAsync(file, accounts, cancel);
        var (bare, numbers, plan, read) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = -2; i < times; i++)
        {
            // In turn, so that whatever else the machine does hits all alike; the first rounds only warm up.
            var round = (Bare: Seconds(subject.Bare), Numbers: Seconds(subject.BareNumbers), Plan: await SecondsAsync(() => subject.PlanAsync(cancel)), Read: Seconds(subject.Read));
            if (i < 0) continue;
            bare.Add(round.Bare);
            numbers.Add(round.Numbers);
            plan.Add(round.Plan);
            read.Add(round.Read);
        }

        var result = new ResultFile("read", "Reading");
        result.Line($"{rows:N0} rows, {file.Length / 1e6:N1} MB, {accounts:N0} accounts, from memory, one core; by processor time.");
        result.Line();
        result.Table(
            ["", "rows/s", "MB/s", "of bare"],
            [Row("bare CsvHelper, cells touched", bare), Row("bare CsvHelper, its two numbers parsed", numbers), Row("plan (record boundaries, checks, SHA-256)", plan), Row("read (parse, match, type, sort)", read)]);
        result.Target("rows a second of the bare loop that parses the numbers", Spread.Of(numbers.Zip(read, (b, r) => b / r)).Median, "≥", WantedOfBare);
        result.Target("rows a second of the bare loop that parses nothing", Spread.Of(bare.Zip(read, (b, r) => b / r)).Median, "≥", WantedOfBare);
        result.Line("- why both: the design's bare loop, with its 12 million rows a second, is the one that parses the two numbers, as any reader of the file must. One that parses nothing shows what looking at the cells alone costs; a parse of two numbers and nothing else is already about three times that.");
        await result.SaveAsync(cancel);
        return 0;

        string[] Row(string name, List<double> seconds) =>
        [
            name, Spread.Of(seconds.Select(s => rows / s)).Show("#,0"), Spread.Of(seconds.Select(s => file.Length / 1e6 / s)).Show("#,0"),
            Spread.Of(bare.Zip(seconds, (b, s) => b / s)).Show("0.00"),
        ];
    }

    private static double Seconds(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        await work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
