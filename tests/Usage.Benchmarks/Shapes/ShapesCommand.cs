using System.CommandLine;
using System.Text.Json.Nodes;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Shapes;

/// <summary>Whole imports of a long and of a wide file.</summary>
internal static class ShapesCommand
{
    private const double MostMegabytes = 300;

    public static Command Make()
    {
        var lines = new Option<long>("--long") { Description = "Lines of the long file.", DefaultValueFactory = _ => 1_000_000 };
        var wide = new Option<long>("--wide") { Description = "Rows of the wide file.", DefaultValueFactory = _ => 100_000 };
        var dates = new Option<int>("--dates") { Description = "Date columns of the wide file.", DefaultValueFactory = _ => 36 };
        var accounts = new Option<int>("--accounts")
        {
            Description = "Accounts; rows beyond them are further rows of the same accounts.",
            DefaultValueFactory = _ => 10_000,
        };
        var command = new Command("shapes", "Whole imports of a long and of a wide file: seconds and memory.")
        {
            lines, wide, dates, accounts,
        };
        command.SetAction((found, cancellationToken) =>
        {
            var count = found.GetValue(accounts);
            return RunAsync(
                [ShapedFile.Long(found.GetValue(lines), count), ShapedFile.Wide(found.GetValue(wide), found.GetValue(dates), count)],
                count, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ShapedFile[] files, int accounts, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        await app.AddAccountsAsync(accounts, cancellationToken);
        var probe = new ImportProbe(bench, app, accounts, dates: false);
        await probe.PrepareAsync("warm-up", cancellationToken);
        await probe.ImportAsync("warm-up", 1_000, cancellationToken);

        var imports = new List<(ShapedFile File, Imported Import)>();
        foreach (var file in files)
        {
            await PrepareAsync(app, file, cancellationToken);
            await bench.EmptySnapshotsAsync(cancellationToken);
            imports.Add((file, await probe.ImportAsync(file.Shape, TimeSpan.FromMilliseconds(100), file.WriteAsync, cancellationToken)));
        }

        await ReportAsync(imports, accounts, cancellationToken);
        return 0;
    }

    private static async Task PrepareAsync(BenchApp app, ShapedFile file, CancellationToken cancellationToken)
    {
        await app.Api.PutAsync(
            $"products/{file.Shape}", new JsonObject { ["name"] = file.Shape, ["snapshotPeriod"] = "monthly" }, cancellationToken);
        file.Mapping["product"] = file.Shape;
        await app.Api.PutAsync($"integrations/{file.Shape}", new JsonObject
        {
            ["name"] = file.Shape,
            ["match"] = new JsonArray(new JsonObject { ["by"] = "crmId", ["column"] = "customer_id" }),
            ["allowMultipleRowsPerCustomer"] = true,
            ["products"] = new JsonArray(file.Mapping),
        }, cancellationToken);
    }

    private static async Task ReportAsync(
        IReadOnlyList<(ShapedFile File, Imported Import)> imports, int accounts, CancellationToken cancellationToken)
    {
        var result = new ResultFile("shapes", "Long and wide files");
        result.Line(
            $"From the end of a file's drop until its run has succeeded, the app warm, each once. {Spread.Text(accounts, "N0")} accounts; "
                + "rows beyond them are further rows of the same accounts. Host, worker and emulator share the machine.");
        result.Line();
        result.Table(
            ["shape", "rows", "values", "snapshots", "seconds", "worker, processor s", "emulator, processor s", "worker, peak MB",
                "host, peak MB"],
            imports.Select(one => (IReadOnlyList<string>)
            [
                one.File.Shape, Spread.Text(one.File.Rows, "N0"), Spread.Text(one.Import.Run.Values, "N0"),
                Spread.Text(one.Import.Run.Snapshots, "N0"), Spread.Text(one.Import.Seconds, "0.0"),
                Spread.Text(one.Import.WorkerProcessor, "0.0"), Spread.Text(one.Import.EmulatorProcessor, "0.0"),
                Spread.Text(one.Import.WorkerPeak, "0"), Spread.Text(one.Import.HostPeak, "0"),
            ]));
        result.Target("peak memory of the worker, MB", imports.Max(one => one.Import.WorkerPeak), "≤", MostMegabytes, "0");
        await result.SaveAsync(cancellationToken);
    }
}
