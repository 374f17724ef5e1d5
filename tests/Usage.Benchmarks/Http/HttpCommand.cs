using System.CommandLine;
using Usage.Benchmarks.App;

namespace Usage.Benchmarks.Http;

/// <summary>What callers of the HTTP API wait for, beside what the emulator alone takes for the same reads.</summary>
internal static class HttpCommand
{
    public sealed record Options(int Accounts, int Products, int Months, int HistoryAccounts, int FileAccounts, int Times);

    public static Command Make()
    {
        var accounts = new Option<int>(
            "--accounts")
        { Description = "Accounts that a segment is searched among.", DefaultValueFactory = _ => 20_000 };
        var products = new Option<int>("--products") { Description = "Products of an account's usage.", DefaultValueFactory = _ => 5 };
        var months = new Option<int>(
            "--months")
        { Description = "Months of an account's usage and of a report.", DefaultValueFactory = _ => 36 };
        var history = new Option<int>(
            "--history-accounts")
        {
            Description = "Accounts that have this usage, a multiple of 100: partitions are full.",
            DefaultValueFactory = _ => 200
        };
        var file = new Option<int>(
            "--file-accounts")
        { Description = "Accounts of the date that is read as a file.", DefaultValueFactory = _ => 100_000 };
        var times = new Option<int>("--times") { Description = "Measurements of each call.", DefaultValueFactory = _ => 25 };
        var command = new Command(
            "http",
            "The API's answers: account usage, reports, segments, configuration, a date as a file.") { accounts, products, months, history,
                file, times };
        command.SetAction((found, cancellationToken) => RunAsync(
            new(found.GetValue(accounts), found.GetValue(products), found.GetValue(months), found.GetValue(history), found.GetValue(file),
                found.GetValue(times)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        var world = new HttpWorld(app, options);
        await Console.Error.WriteLineAsync($"Making {options.Accounts:N0} accounts and their usage …");
        await world.MakeAsync(cancellationToken);
        using var bare = new BareReads(bench.ConnectionString);
        using var probe = new HttpProbe(app, bench.AzuriteId, options.Times);
        var calls = await probe.MeasureAsync(HttpCalls.All(world, bare, options), cancellationToken);
        await Console.Error.WriteLineAsync($"Making {options.FileAccounts:N0} accounts with one snapshot each …");
        await world.MakeFileAsync(cancellationToken);
        var files = await probe.DownloadAsync(HttpWorld.FileProduct, cancellationToken);
        await HttpReport.WriteAsync(options, calls, files, cancellationToken);
        return 0;
    }
}
