using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Output;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Benchmarks.Replays;

/// <summary>Some rows of a large run wait for an identifier, and somebody says what it is.</summary>
internal static class ReplayCommand
{
    private const string Integration = "replay";

    public static Command Make()
    {
        var rows = new Option<int>("--rows") { Description = "Rows of the file.", DefaultValueFactory = _ => 1_000_000 };
        var waiting = new Option<int>("--waiting") { Description = "Rows of each identifier.", DefaultValueFactory = _ => 1_000 };
        var times = new Option<int>("--times") { Description = "Identifiers; one before them warms up.", DefaultValueFactory = _ => 5 };
        var command = new Command("replay", "Replays of rows that wait for an identifier, out of a large run.") { rows, waiting, times };
        command.SetAction((found, cancellationToken) =>
            RunAsync(found.GetValue(rows), found.GetValue(waiting), found.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rows, int waiting, int times, CancellationToken cancellationToken)
    {
        var accounts = rows / 10;
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        await app.AddAccountsAsync(accounts, cancellationToken);
        await app.ConfigureAsync(Integration, dates: true, cancellationToken);
        var drop = await DropAsync(bench, rows, waiting, times + 1, accounts, cancellationToken);
        var (run, _) = await EndAsync(bench, drop, cancellationToken);
        await Console.Error.WriteLineAsync($"{run.Status}: {run.Rows}");
        using var http = new HttpClient { BaseAddress = new Uri(app.Api.App, "api/"), Timeout = TimeSpan.FromMinutes(5) };
        var (previews, replays) = (new List<double>(), new List<double>());
        for (var time = 0; time <= times; time++)
        {
            var body = new JsonObject
            {
                ["integration"] = Integration,
                ["by"] = "crmId",
                ["key"] = Key(time),
                ["account"] = $"a{time:0000000}",
            };
            var watch = Stopwatch.StartNew();
            await PostAsync(http, "unmatched/resolve?preview=true", body, cancellationToken);
            var preview = watch.Elapsed.TotalSeconds;
            watch.Restart();
            var replay = (await PostAsync(http, "unmatched/resolve", body, cancellationToken))["runs"]![0]!.GetValue<string>();
            var (ended, seconds) = await EndAsync(bench, new RunId(replay), cancellationToken, watch);
            if (ended.Status != RunStatus.Succeeded || ended.Rows.Read != waiting)
                throw new InvalidOperationException($"{replay} is {ended.Status}, of {ended.Rows.Read} rows: {ended.Error?.Message}");
            var stages = string.Join(", ", ended.Timeline.Select(Told));
            await Console.Error.WriteLineAsync($"preview {preview:0.00} s, replay {seconds:0.00} s: {stages}");
            if (time == 0) continue;
            previews.Add(preview);
            replays.Add(seconds);
        }

        var result = new ResultFile("replay", "Replays");
        result.Line(
            $"{Spread.Text(waiting, "N0")} rows of {Spread.Text(rows, "N0")} wait for an identifier, {Spread.Text(accounts, "N0")} "
            + "accounts, four values a row. Seconds from the request until the replay had ended; warm.");
        result.Line();
        result.Table(["", "s"], [["preview", Spread.Of(previews).Show("0.00")], ["replay", Spread.Of(replays).Show("0.00")]]);
        result.Target("seconds of a replay", Spread.Of(replays).Median, "≤", 10);
        await result.SaveAsync(cancellationToken);
        return 0;
    }

    private static string Told(RunStep step) =>
        FormattableString.Invariant($"{step.Stage} {(step.EndedAt - step.StartedAt)?.TotalSeconds:0.00} s");

    /// <summary>As the sample file is, with rows of customers whom nobody has here and there.</summary>
    private static async Task<RunId> DropAsync(
        Bench bench, int rows, int waiting, int keys, int accounts, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await using (var text = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" })
        {
            await text.WriteLineAsync("customer_id,mau,api_calls,plan_type,is_active,day");
            for (var row = 0; row < rows; row++)
            {
                var (step, place) = (rows / waiting, row % (rows / waiting));
                var customer = place < keys && step > keys ? Key(place) : UsageFile.CrmId(row * 7_919L % accounts);
                var day = new DateOnly(2026, 10, 20).AddMonths(-(row / accounts));
                await text.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{customer},{row % 5_000},{row * 31L % 900_000}.5,Starter,true,{day:yyyy-MM-dd}"));
            }
        }

        file.Position = 0;
        return (await bench.Drops.WriteAsync($"{Integration}/file.csv", file, force: false, date: null, cancellationToken))!.RunId;
    }

    private static string Key(int place) => string.Create(CultureInfo.InvariantCulture, $"nobody-{place}");

    private static async Task<(Run Run, double Seconds)> EndAsync(
        Bench bench, RunId id, CancellationToken cancellationToken, Stopwatch? watch = null)
    {
        watch ??= Stopwatch.StartNew();
        while (true)
        {
            if (await bench.Runs.FindAsync(id, cancellationToken) is { Run: var run } && run.HasEnded())
                return (run, watch.Elapsed.TotalSeconds);
            await Task.Delay(50, cancellationToken);
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(path, body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }
}
