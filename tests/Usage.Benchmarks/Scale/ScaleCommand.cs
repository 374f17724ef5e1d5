using System.CommandLine;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Output;
using Usage.Testing.Proxy;

namespace Usage.Benchmarks.Scale;

/// <summary>What a month of imports asks of Azure and costs there, from what imports of this machine are counted to ask for.</summary>
internal static class ScaleCommand
{
    private const int FilesAMonth = 30;

    private static readonly double[] Months = [1e4, 1e5, 1e6, 1e7, 1e8];

    public static Command Make()
    {
        var rows = new Option<int[]>("--rows")
        {
            Description = "Rows of the files that are counted, one an account.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [100, 10_000, 100_000],
        };
        var command = new Command("scale", "What 10 thousand to 100 million rows a month ask of Azure and cost, from counted requests.")
        {
            rows,
        };
        command.SetAction((found, cancellationToken) => RunAsync([.. found.GetValue(rows)!.Order()], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int[] sizes, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.StartAsync();
        await using var proxy = await StorageProxy.StartAsync(bench.ConnectionString, cancellationToken: cancellationToken);
        await using var app = await BenchApp.StartAsync(proxy.ConnectionString, cancellationToken);
        var log = new RequestLog();
        proxy.Choose = log.Note;
        await app.AddAccountsAsync(sizes[^1], cancellationToken);
        var first = new ImportProbe(bench, app, sizes[^1], dates: false);
        await first.PrepareAsync("first", cancellationToken);
        await first.ImportAsync("first", 1_000, cancellationToken);
        var counted = new List<ImportCost>();
        foreach (var rows in sizes)
        {
            // As many accounts as rows, so that blocks are as full as they are with everybody's usage.
            var probe = new ImportProbe(bench, app, rows, dates: false);
            await probe.PrepareAsync($"scale-{rows}", cancellationToken);
            log.TakeCounts();
            log.ForgetTransactions();
            var import = await probe.ImportAsync($"scale-{rows}", rows, cancellationToken);
            // The run has ended; what it leaves behind is taken away a moment later.
            await Task.Delay(500, cancellationToken);
            counted.Add(ImportCost.Of(rows, log.TakeCounts(), import, await bench.KeptBytesAsync(import.Run.Id, "", cancellationToken)));
        }

        await ReportAsync(counted, cancellationToken);
        return 0;
    }

    private static async Task ReportAsync(List<ImportCost> counted, CancellationToken cancellationToken)
    {
        var page = new ResultFile("azure/scale", "What imports ask for, and what a month of them costs");
        page.Line("Counted here, of one import each, a row an account and four values a row:");
        page.Line();
        page.Table(
            ["rows", "table requests", "blob writes", "blob reads", "queue requests", "app, processor s", "kept in blobs, bytes a row"],
            counted.Select(one => (IReadOnlyList<string>)
            [
                $"{one.Rows:N0}", $"{one.TableRequests:N0}", $"{one.BlobWrites:N0}", $"{one.BlobReads:N0}", $"{one.QueueRequests:N0}",
                Spread.Text(one.ProcessorSeconds, "0.0"), Spread.Text(one.KeptBytes / one.Rows, "0.0"),
            ]));
        page.Line(
            $"From that, {FilesAMonth} files a month, all their values new; beyond {counted[^1].Rows:N0} rows a file along a line. "
            + "Seconds a file are the longer of what its entities take at a storage account's 20,000 a second and what its processor time "
            + $"takes on four instances of one core. Euros: requests, {Prices.InstanceGigabytes} GB an instance while it works, and one "
            + "month's entities and blobs kept for a month.");
        page.Line();
        page.Table(
            ["rows a month", "table requests", "blob requests", "entities, GB", "blobs, GB", "seconds a file", "first to be full",
                "€ requests", "€ app", "€ kept"],
            Months.Select(rows => Month(ImportCost.At(counted, rows / FilesAMonth))));
        await page.SaveAsync(cancellationToken);
    }

    private static IReadOnlyList<string> Month(ImportCost file)
    {
        const double Gigabyte = 1e9;
        const int Instances = 4;
        var limits = ThrottledTables.Limits.OfAzure(TimeSpan.Zero);
        var (writing, working) = (file.Rows / limits.AccountPerSecond, file.ProcessorSeconds / Instances);
        var (entities, blobs) = (FilesAMonth * file.Rows * BilledBytes.OfSample() / Gigabyte, FilesAMonth * file.KeptBytes / Gigabyte);
        var requests = FilesAMonth * (file.TableRequests * Prices.TableRequests + file.BlobWrites * Prices.BlobWrites
            + file.BlobReads * Prices.BlobReads + file.QueueRequests * Prices.QueueRequests);
        return
        [
            $"{file.Rows * FilesAMonth:N0}", $"{file.TableRequests * FilesAMonth:N0}",
            $"{(file.BlobWrites + file.BlobReads) * FilesAMonth:N0}", Spread.Text(entities, "0.000"), Spread.Text(blobs, "0.000"),
            Spread.Text(Math.Max(writing, working), "0.0"), writing > working ? "the account's entities a second" : "processors of the app",
            Spread.Text(requests, "0.00"),
            Spread.Text(FilesAMonth * file.ProcessorSeconds * Prices.InstanceGigabytes * Prices.GigabyteSecond, "0.00"),
            Spread.Text(entities * Prices.TableGigabyteMonth + blobs * Prices.BlobGigabyteMonth, "0.00"),
        ];
    }
}
