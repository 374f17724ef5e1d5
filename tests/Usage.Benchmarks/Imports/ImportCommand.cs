using System.CommandLine;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Tables;
using Usage.Testing.Proxy;

namespace Usage.Benchmarks.Imports;

/// <summary>Whole imports, from a file's drop until its run has succeeded.</summary>
internal static class ImportCommand
{
    public sealed record Options(int[] Rows, int Accounts, bool Dates, int Times, int Instances, string Name);

    public static Command Make()
    {
        var rows = new Option<int[]>("--rows")
        {
            Description = "Rows of the files, up to 5,000,000.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1, 10, 1_000, 10_000, 200_000, 1_000_000],
        };
        var accounts = new Option<int>(
            "--accounts")
        {
            Description = "Accounts; rows beyond them are further rows of the same accounts.",
            DefaultValueFactory = _ => 200_000
        };
        var dates = new Option<bool>(
            "--dates")
        { Description = "Further rows of an account are of other months, all recorded; without, they write over each other." };
        var times = new Option<int>("--times")
        {
            Description = "Measurements of each size; ten times as many of up to 1,000 rows.",
            DefaultValueFactory = _ => 3,
        };
        var instances = new Option<int>("--instances")
        {
            Description = "Hosts with their workers on the one storage; memory and processor time are the first one's.",
            DefaultValueFactory = _ => 1,
        };
        var name = new Option<string>("--result") { Description = "Name of the result's page.", DefaultValueFactory = _ => "import" };
        var command = new Command(
            "import",
            "Whole imports: seconds, rows a second, requests, memory; beside their table transactions alone and a script written by hand.")
        {
            rows, accounts, dates, times, instances, name,
        };
        command.SetAction((found, cancellationToken) =>
            RunAsync(
                new(
                    found.GetValue(rows)!, found.GetValue(accounts), found.GetValue(dates), found.GetValue(times),
                    found.GetValue(instances), found.GetValue(name)!),
                cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        var sizes = new List<ImportSize>();
        await using (var proxy = await StorageProxy.StartAsync(bench.ConnectionString, cancellationToken: cancellationToken))
        await using (var app = await BenchApp.StartAsync(proxy.ConnectionString, cancellationToken))
        {
            var log = new RequestLog();
            proxy.Choose = log.Note;
            await Console.Error.WriteLineAsync($"Making {options.Accounts:N0} accounts …");
            await app.AddAccountsAsync(options.Accounts, cancellationToken);
            var probe = new ImportProbe(bench, app, options.Accounts, options.Dates);
            await probe.PrepareAsync("first", cancellationToken);
            await probe.ImportAsync("first", 10, cancellationToken);
            foreach (var rows in options.Rows) sizes.Add(await ImportSize.CountAsync(probe, log, rows, cancellationToken));
        }

        await Console.Error.WriteLineAsync("Counted; now without the counting in between …");
        var others = new List<BenchApp>();
        await using (var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken))
        using (var bare = new BareTables(bench.ConnectionString))
        {
            while (others.Count < options.Instances - 1)
                others.Add(await BenchApp.StartAsync(bench.ConnectionString, cancellationToken));
            var probe = new ImportProbe(bench, app, options.Accounts, options.Dates);
            for (var warmUp = 0; warmUp < 3; warmUp++)
            {
                await probe.PrepareAsync($"warm-up-{warmUp}", cancellationToken);
                await probe.ImportAsync($"warm-up-{warmUp}", 1_000, cancellationToken);
            }

            var reading = await Reading.PrepareAsync(options.Accounts, options.Dates, cancellationToken);
            var peer = options.Dates ? null : await PeerScript.PrepareAsync(bench.ConnectionString, cancellationToken);
            foreach (var size in sizes)
            {
                // Small ones are warm after some, and vary more.
                var times = size.Rows <= 1_000 ? options.Times * 10 : options.Times;
                for (var time = 0; time < times; time++)
                {
                    await size.MeasureAsync(probe, bare, reading, time, cancellationToken);
                    if (peer is not null && size.Rows == ImportReport.DenseRows)
                        await size.MeasurePeerAsync(probe, peer, time, cancellationToken);
                }
            }
        }

        foreach (var other in others) await other.DisposeAsync();
        await ImportReport.WriteAsync(options, sizes, cancellationToken);
        return 0;
    }
}
