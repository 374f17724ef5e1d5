using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Output;
using Usage.Core.Ids;

namespace Usage.Benchmarks.Rows;

/// <summary>
/// Pages of the rows of a large run: at its begin, in the middle, at the end, and for filters that hardly a row or none meets.
/// </summary>
internal static class RowsCommand
{
    /// <summary>One row in so many gives nothing.</summary>
    private const int EmptyIn = 90_001;

    private const int Times = 7;

    public static Command Make()
    {
        var rows = new Option<int>("--rows") { Description = "Rows of the file.", DefaultValueFactory = _ => 5_000_000 };
        var accounts = new Option<int>("--accounts") { Description = "Accounts.", DefaultValueFactory = _ => 100_000 };
        var history = new Option<bool>("--history")
        {
            Description = "Record each row under a date of its own; the emulator takes more than a quarter of an hour for a million.",
        };
        var command = new Command("rows", "Pages of the rows of a large run, whatever the filter.") { rows, accounts, history };
        command.SetAction((found, cancellationToken) =>
            RunAsync(found.GetValue(rows), found.GetValue(accounts), found.GetValue(history), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rows, int accounts, bool history, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        await app.AddAccountsAsync(accounts, cancellationToken);
        var probe = new ImportProbe(bench, app, accounts, dates: history);
        await probe.PrepareAsync("rows", cancellationToken);
        var imported = await probe.ImportAsync(
            "rows", TimeSpan.FromMilliseconds(100), to => WriteAsync(to, rows, accounts), cancellationToken);
        var run = imported.Run.Id;
        await Console.Error.WriteLineAsync($"imported in {imported.Seconds:0.0} s");

        var result = new ResultFile("rows", "Rows of a run");
        result.Line(
            $"{Spread.Text(rows, "N0")} rows, {Spread.Text(accounts, "N0")} accounts, four values each, of which "
            + (history ? "each row's are" : "each account's last are")
            + " recorded. Seconds of a request for 100 rows, with their cells and what was stored; the first one apart, for which nothing "
            + "is in memory. Where a filter is answered in several pages, of the slowest of them.");
        result.Line();
        var measured = new List<(string What, double First, Spread Others, int Pages, int Rows)>();
        var last = $"{imported.Run.Dates[^1].Date:yyyy-MM-dd}";
        foreach (var (what, query) in Queries(rows, last))
            measured.Add(await MeasureAsync(app, run, what, query, cancellationToken));
        result.Table(["", "first", "others", "pages", "rows"], measured.Select(one => new[]
        {
            one.What, Spread.Text(one.First, "0.000"), one.Others.Show("0.000"), Spread.Text(one.Pages, "0"), Spread.Text(one.Rows, "0"),
        }));
        result.Target("seconds of the slowest page", measured.Max(one => Math.Max(one.First, one.Others.Median)), "≤", 1);
        var kept = await bench.KeptBytesAsync(run, "rows/", cancellationToken) / (double)rows;
        result.Target("bytes kept a row, of what reading found", kept, "≤", 5, "0.0");
        await result.SaveAsync(cancellationToken);
        return 0;
    }

    private static IEnumerable<(string What, string Query)> Queries(int rows, string last)
    {
        yield return ("the first page", "");
        yield return ("in the middle", $"after={After(rows / 2)}");
        yield return ("the last page", $"after={After(rows - 100)}");
        yield return ("hardly any: empty", "outcome=empty");
        yield return ("none: invalid", "outcome=invalid");
        yield return ("superseded", "outcome=superseded");
        yield return ("none: an issue", "code=not-a-number&column=mau");
        yield return ("of one account", "account=a0000777");
        yield return ("of one account, date and dimension", $"account=a0000777&product=rows&date={last}&dimension=mau");
        yield return ("of a date", $"product=rows&date={last}");
        yield return ("of a date, from a third on", $"product=rows&date={last}&after={After(rows / 3)}");
        yield return ("none: a date that isn't there", "product=rows&date=2001-01-01");
        yield return ("hardly any or none: empty, of a date", $"outcome=empty&date={last}");
    }

    private static async Task<(string What, double First, Spread Others, int Pages, int Rows)> MeasureAsync(
        BenchApp app, RunId run, string what, string query, CancellationToken cancellationToken)
    {
        var (first, others, pages, rows) = (0.0, new List<double>(), 0, 0);
        for (var time = 0; time <= Times; time++)
        {
            var (slowest, next) = (0.0, "");
            (pages, rows) = (0, 0);
            do
            {
                var watch = Stopwatch.StartNew();
                var page = await app.Api.GetAsync($"runs/{run}/rows?{query}{next}", cancellationToken);
                slowest = Math.Max(slowest, watch.Elapsed.TotalSeconds);
                (pages, rows) = (pages + 1, rows + page["items"]!.AsArray().Count);
                next = page["next"] is { } more ? $"&after={more}" : "";
            }
            // Of what fills pages one is enough.
            while (next.Length > 0 && rows < 100 && !query.Contains("after", StringComparison.Ordinal));
            if (time == 0) first = slowest;
            else others.Add(slowest);
        }

        await Console.Error.WriteLineAsync(
            $"{what}: first {first:0.000} s, then {Spread.Of(others).Show("0.000")}, {pages} pages, {rows} rows");
        return (what, first, Spread.Of(others), pages, rows);
    }

    private static string After(long row) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(row.ToString(CultureInfo.InvariantCulture)));

    private static async Task WriteAsync(Stream to, long rows, long accounts)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await text.WriteLineAsync("customer_id,mau,api_calls,plan_type,is_active,day");
        for (long row = 0; row < rows; row++)
        {
            var day = new DateOnly(2026, 10, 20).AddMonths(-(int)(row / accounts));
            var values = row % EmptyIn == 7 ? ",,," : string.Create(
                CultureInfo.InvariantCulture, $"{row % 5_000},{row * 31 % 900_000}.{row % 10}{(row % 7) + 1},Starter,true");
            await text.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{UsageFile.CrmId(row * 7_919 % accounts)},{values},{day:yyyy-MM-dd}"));
        }
    }
}
