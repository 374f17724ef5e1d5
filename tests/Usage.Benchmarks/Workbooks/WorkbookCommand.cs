using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Output;
using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Integrations;

namespace Usage.Benchmarks.Workbooks;

/// <summary>
/// Planning a workbook of about 120 MB: it is read, staged as CSV, and cut into batches; and importing one.
/// </summary>
internal static class WorkbookCommand
{
    private const double WantedMegabytes = 300;

    private static readonly (string What, LargeWorkbook Workbook)[] Kinds =
    [
        ("many different texts", new LargeWorkbook(1_000_000, 4, 3, 0)),
        ("many numbers", new LargeWorkbook(1_000_000, 0, 8, 0)),
        ("20 sheets before it", new LargeWorkbook(650_000, 2, 4, 20)),
        ("more different texts than the limit", new LargeWorkbook(1_000_000, 6, 0, 0)),
    ];

    public static Command Make()
    {
        var command = new Command("workbook", "Seconds and memory of planning a workbook of about 120 MB, and of importing one.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var result = new ResultFile("workbook", "A workbook of about 120 MB");
        result.Line("Read from a file, staged as CSV to nowhere; memory is the most that this process held, of which it had some before.");
        result.Line();
        var (rows, most) = (new List<IReadOnlyList<string>>(), 0.0);
        foreach (var (what, workbook) in Kinds)
        {
            var (row, peak) = await MeasureAsync(what, workbook, cancellationToken);
            rows.Add(row);
            most = Math.Max(most, peak);
        }

        result.Table(["the sheet", "MB", "rows", "MB as CSV", "seconds", "peak MB", "ends"], rows);
        result.Target("peak MB", most, "≤", WantedMegabytes, "0");
        result.Line();
        await WorkbookImport.ReportAsync(result, WantedMegabytes, cancellationToken);
        await result.SaveAsync(cancellationToken);
        return 0;
    }

    private static async Task<(IReadOnlyList<string> Row, double Peak)> MeasureAsync(
        string what, LargeWorkbook workbook, CancellationToken cancellationToken)
    {
        var path = Path.GetTempFileName();
        try
        {
            await workbook.WriteAsync(path, cancellationToken);
            GC.Collect();
            await ProcessFigures.ResetPeakAsync(Environment.ProcessId);
            var watch = Stopwatch.StartNew();
            var outcome = await PlanAsync(path, cancellationToken);
            var seconds = watch.Elapsed.TotalSeconds;
            var peak = await ProcessFigures.PeakMegabytesAsync(Environment.ProcessId, cancellationToken);
            var csv = outcome.Plan is { Batches: [.., var last] } ? last.Offset + last.Length : 0;
            return ([what, Text(new FileInfo(path).Length / 1e6), $"{outcome.Rows}", Text(csv / 1e6), Text(seconds), Text(peak),
                outcome.Error?.Code ?? "planned"], peak);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Task<PlanOutcome> PlanAsync(string path, CancellationToken cancellationToken)
    {
        var sample = SampleMapping.Make("bench", dates: false);
        var mapping = sample with
        {
            Products = [],
            Integration = sample.Integration with { Match = [new MatchRule { By = MatchBy.CrmId, Column = "id" }] },
        };
        return new FilePlanner(mapping, new FileLimits { MaxWorkbookBytes = long.MaxValue }, new PlanOptions()).PlanAsync(
            "bench.xlsx", _ => Task.FromResult<Stream>(File.OpenRead(path)), _ => Task.FromResult(Stream.Null), null, cancellationToken);
    }

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
