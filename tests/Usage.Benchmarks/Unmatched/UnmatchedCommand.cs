using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Unmatched;

/// <summary>Pages of a long list of identifiers without an account.</summary>
internal static class UnmatchedCommand
{
    private const string Integration = "unmatched";

    public static Command Make()
    {
        var keys = new Option<int>("--keys") { Description = "Identifiers, one a row.", DefaultValueFactory = _ => 100_000 };
        var accounts = new Option<int>("--accounts") { Description = "Accounts that may be meant.", DefaultValueFactory = _ => 20_000 };
        var times = new Option<int>("--times") { Description = "Measurements of each page.", DefaultValueFactory = _ => 15 };
        var command = new Command("unmatched", "Pages of many identifiers without an account.") { keys, accounts, times };
        command.SetAction((found, cancellationToken) =>
            RunAsync(found.GetValue(keys), found.GetValue(accounts), found.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int keys, int accounts, int times, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        await app.AddAccountsAsync(accounts, cancellationToken);
        await app.ConfigureAsync(Integration, dates: false, cancellationToken);
        var imported = await ImportAsync(app, keys, "first.csv", cancellationToken);
        var second = await ImportAsync(app, 10, "second.csv", cancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Api.App, "api/") };
        var list = $"unmatched?integration={Integration}";
        // The index of similar accounts is made when it is first asked for.
        var next = (await GetAsync(http, list, cancellationToken)).GetProperty("next").GetString();
        for (var page = 0; page < 20; page++)
            next = (await GetAsync(http, $"{list}&after={next}", cancellationToken)).GetProperty("next").GetString();
        await ProcessFigures.ResetPeakAsync(app.WorkerId);
        var before = await ProcessFigures.PeakMegabytesAsync(app.WorkerId, cancellationToken);
        var result = new ResultFile("unmatched", "Unmatched");
        result.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{keys:N0} identifiers with a name and a domain beside each, {accounts:N0} accounts; pages of 100 with their candidates. "
            + $"The import of all of them took {imported:0.0} s from the request until the run had ended, "
            + $"the next one of ten rows {second:0.0} s."));
        result.Line();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (what, path) in new[]
        {
            ("the first page", list), ("a page further on", $"{list}&after={next}"), ("with the count", $"{list}&count=true"),
            ("a search that finds one", $"{list}&search=nobody-{keys - 7}"), ("a search that finds nothing", $"{list}&search=not+there"),
        })
        {
            var measured = new List<double>();
            for (var time = 0; time < times; time++)
            {
                var watch = Stopwatch.StartNew();
                await GetAsync(http, path, cancellationToken);
                measured.Add(watch.Elapsed.TotalMilliseconds);
            }

            rows.Add([what, Spread.Of(measured).Show("0")]);
        }

        result.Table(["", "ms"], rows);
        var peak = await ProcessFigures.PeakMegabytesAsync(app.WorkerId, cancellationToken);
        result.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Memory of the worker: {before:0} MB before the measured pages, {peak:0} MB at the most in them."));
        await result.SaveAsync(cancellationToken);
        return 0;
    }

    /// <returns>Seconds.</returns>
    private static async Task<double> ImportAsync(BenchApp app, int keys, string name, CancellationToken cancellationToken)
    {
        var csv = new StringBuilder("customer_id,mau,api_calls,plan_type,is_active,company,domain\n");
        for (var key = 0; key < keys; key++)
            csv.Append(CultureInfo.InvariantCulture, $"nobody-{key},1,2,Pro,true,Companie {key} Ltd,companie{key}.example\n");
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var watch = Stopwatch.StartNew();
        var id = await app.Api.UploadAsync(Integration, name, file, cancellationToken);
        while (!(await app.Api.GetRunAsync(id, cancellationToken)).HasEnded()) await Task.Delay(50, cancellationToken);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(path, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
