using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Imports;

/// <summary>The page about imports.</summary>
internal static class ImportReport
{
    /// <summary>Rows of the file that the design's ratios are about: one for each account.</summary>
    public const int DenseRows = 200_000;

    private const double WantedOfAlone = 1.25;
    private const double WantedReading = 0.1;
    private const double WantedWorkerMegabytes = 300;
    private const double WantedHostMegabytes = 350;
    private const double WantedSmallSeconds = 1;
    private const double WantedNoticed = 0.5;

    public static async Task WriteAsync(ImportCommand.Options options, IReadOnlyList<ImportSize> sizes, CancellationToken cancellationToken)
    {
        var result = new ResultFile(options.Name, "Imports");
        result.Line(
            $"From the end of a file's drop into the container until its run has succeeded, the app warm. {options.Accounts:N0} accounts, "
            + $"four values a row; rows beyond the accounts are further rows of them{(options.Dates ? ", of other months" : "")}. "
            + $"{options.Instances} instance(s) of host and worker, and the emulator, share the machine.");
        result.Line();
        result.Table(
            [
                "rows", "seconds", "until noticed", "rows/s", "transactions alone, s", "ratio", "reading alone, s", "worker, processor s",
                "host, processor s",
                "emulator, processor s", "of these alone", "worker, peak MB", "host, peak MB",
            ],
            sizes.Select(Times));
        result.Line("Requests to the storage, the durable engine's among them (without the trigger's listing):");
        result.Line();
        result.Table(
            ["rows", "snapshot transactions", "other table requests", "blob requests", "table requests a thousand rows",
                "blob requests a thousand rows"],
            sizes.Select(Requests));
        Targets(result, sizes);
        await result.SaveAsync(cancellationToken);
        if (sizes.FirstOrDefault(size => size.Peer.Count > 0) is { } compared)
            await Plot(compared).SaveAsync(options.Name, cancellationToken);
    }

    private static BarPlot Plot(ImportSize size)
    {
        var plot = new BarPlot($"{size.Rows:N0} rows into the emulator on one machine", "rows a second");
        plot.Add("its transactions alone, bare HTTP", PerSecond(size.Bare.Select(alone => alone.Seconds)), ours: false);
        plot.Add("Usage: matched, checked, durable", PerSecond(size.Imports.Select(import => import.Seconds)), ours: true);
        plot.Add("a script written by hand", PerSecond(size.Peer), ours: false);
        return plot;

        Spread PerSecond(IEnumerable<double> seconds) => Spread.Of(seconds.Select(one => size.Rows / one));
    }

    private static IReadOnlyList<string> Times(ImportSize size)
    {
        string Of(Func<Imported, double> figure, string format) => Spread.Of(size.Imports.Select(figure)).Show(format);
        return
        [
            $"{size.Rows:N0}", Of(import => import.Seconds, "0.00"), Of(import => import.Noticed, "0.00"),
            Of(import => size.Rows / import.Seconds, "#,0"), Spread.Of(size.Bare.Select(alone => alone.Seconds)).Show("0.00"),
            Ratio(size).Show("0.00"), Spread.Of(size.Reading).Show("0.00"),
            Of(import => import.WorkerProcessor, "0.00"), Of(import => import.HostProcessor, "0.00"),
            Of(import => import.EmulatorProcessor, "0.00"),
            Spread.Of(size.Bare.Select(alone => alone.EmulatorProcessor)).Show("0.00"),
            Of(import => import.WorkerPeak, "0"), Of(import => import.HostPeak, "0"),
        ];
    }

    private static IReadOnlyList<string> Requests(ImportSize size)
    {
        var (tables, blobs) = (Count(size, "table"), Count(size, "blob"));
        return
        [
            $"{size.Rows:N0}", $"{size.Transactions:N0}", $"{tables - size.Transactions:N0}", $"{blobs:N0}",
            Spread.Text(tables * 1000.0 / size.Rows, "0.0"), Spread.Text(blobs * 1000.0 / size.Rows, "0.0"),
        ];
    }

    private static void Targets(ResultFile result, IReadOnlyList<ImportSize> sizes)
    {
        foreach (var size in sizes)
        {
            var reading = Spread.Of(size.Reading.Zip(size.Imports, (alone, import) => alone / import.Seconds));
            result.Target($"share of reading in the time of {size.Rows:N0} rows", reading.Median, "≤", WantedReading, "0.000");
            if (size.Rows == 10)
            {
                result.Target("seconds for ten rows", Spread.Of(size.Imports.Select(import => import.Seconds)).Median, "≤",
                    WantedSmallSeconds);
                result.Target("of these until the drop is noticed", Spread.Of(size.Imports.Select(import => import.Noticed)).Median, "≤",
                    WantedNoticed);
            }

            if (size.Rows == DenseRows)
            {
                result.Target($"time of {size.Rows:N0} rows to that of their table transactions alone", Ratio(size).Median, "≤",
                    WantedOfAlone);
                var emulator = Spread.Of(
                    size.Imports.Zip(size.Bare, (import, alone) => import.EmulatorProcessor / alone.EmulatorProcessor));
                result.Line(
                    $"- the emulator's own processor time, import to transactions alone: {emulator.Show("0.00")} "
                    + "(what is left of the ratio when nothing else runs on the machine).");
                if (size.Peer.Count > 0)
                {
                    var peer = Spread.Of(size.Peer.Zip(size.Imports, (script, import) => script / import.Seconds));
                    result.Line(
                        "- the script, which reads the file from disk, matches and checks nothing and is not durable: "
                        + $"{Spread.Of(size.Peer).Show("0.00")} s, {peer.Show("0.00")} times the import's.");
                    result.Target("time of the script to that of the import", peer.Median, "≥", 1);
                }

                result.Target("snapshot transactions to rows / 100", size.Transactions * 100.0 / size.Rows, "≤", 1.02);
            }
        }

        var imports = sizes.SelectMany(size => size.Imports).ToList();
        result.Target("peak memory of the worker, MB", imports.Max(import => import.WorkerPeak), "≤", WantedWorkerMegabytes, "0");
        result.Target("peak memory of the host, MB", imports.Max(import => import.HostPeak), "≤", WantedHostMegabytes, "0");
    }

    private static Spread Ratio(ImportSize size) =>
        Spread.Of(size.Imports.Zip(size.Bare, (import, alone) => import.Seconds / alone.Seconds));

    private static int Count(ImportSize size, string service) =>
        size.Requests.Where(request => request.Key.StartsWith(service, StringComparison.Ordinal)).Sum(request => request.Value);
}
