using System.Text.Json.Nodes;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Workbooks;

/// <summary>A whole import of a workbook, by the app.</summary>
internal static class WorkbookImport
{
    private const int Accounts = 10_000;

    /// <summary>Of each account only the last row is recorded, so that reading is most of it.</summary>
    private static readonly LargeWorkbook Workbook = new(1_000_000, 0, 7, 0) { Accounts = Accounts };

    public static async Task ReportAsync(ResultFile result, double wanted, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var app = await BenchApp.StartAsync(bench.ConnectionString, cancellationToken);
        await app.AddAccountsAsync(Accounts, cancellationToken);
        var probe = new ImportProbe(bench, app, Accounts, dates: false);
        await probe.PrepareAsync("warm-up", cancellationToken);
        await probe.ImportAsync("warm-up", 1_000, cancellationToken);
        await PrepareAsync(app, cancellationToken);
        long bytes = 0;
        var import = await probe.ImportAsync(
            "workbook", TimeSpan.FromMilliseconds(100), async to =>
            {
                await Workbook.WriteAsync(to, cancellationToken);
                bytes = to.Length;
            }, cancellationToken);
        result.Line(
            $"A whole import by the app, from the end of the drop: {Spread.Text(bytes / 1e6, "0.0")} MB, {import.Run.Rows.Read:N0} rows of "
            + $"{Accounts:N0} accounts, seven numbers each, of which each account's last row is recorded ({import.Run.Snapshots:N0} "
            + $"snapshots): {Spread.Text(import.Seconds, "0.0")} s, "
            + $"{Spread.Text(import.WorkerProcessor, "0.0")} s of the worker's processor.");
        result.Line();
        result.Target("the worker's peak in it, MB", import.WorkerPeak, "≤", wanted, "0");
    }

    private static async Task PrepareAsync(BenchApp app, CancellationToken cancellationToken)
    {
        await app.Api.PutAsync(
            "products/workbook", new JsonObject { ["name"] = "workbook", ["snapshotPeriod"] = "monthly" }, cancellationToken);
        await app.Api.PutAsync("integrations/workbook", new JsonObject
        {
            ["name"] = "workbook",
            ["match"] = new JsonArray(new JsonObject { ["by"] = "crmId", ["column"] = "id" }),
            ["products"] = new JsonArray(new JsonObject
            {
                ["product"] = "workbook",
                ["dimensions"] = new JsonArray([.. Enumerable.Range(1, 7).Select(column => new JsonObject
                {
                    ["column"] = $"column {column}",
                    ["dimension"] = $"d{column}",
                    ["create"] = new JsonObject { ["name"] = $"Column {column}", ["dataType"] = "numeric" },
                })]),
            }),
        }, cancellationToken);
    }
}
