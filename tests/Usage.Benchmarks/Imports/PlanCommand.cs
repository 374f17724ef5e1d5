using System.CommandLine;
using System.Diagnostics;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Output;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Integrations;
using Usage.Core.Values;

namespace Usage.Benchmarks.Imports;

/// <summary>
/// The first pass over a file, which proves how its numbers and words are written, to a pass over the same file that has nothing of them to
/// prove. From memory, on one core.
/// </summary>
internal static class PlanCommand
{
    private const double Wanted = 2;

    public static Command Make()
    {
        var rows = new Option<long>("--rows") { DefaultValueFactory = _ => 200_000, Description = "Of the file." };
        var times = new Option<int>("--times") { DefaultValueFactory = _ => 31, Description = "Passes of each kind." };
        var command = new Command("plan", "Milliseconds of a file's first pass.") { rows, times };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(rows), parsed.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(long rows, int times, CancellationToken cancellationToken)
    {
        var result = new ResultFile("plan", "The plan's pass");
        result.Line($"{rows:N0} rows of two numbers, a text and a boolean; both passes in turn, {times} times.");
        result.Line();
        var (table, most) = (new List<IReadOnlyList<string>>(), 0.0);
        foreach (var dates in new[] { true, false })
        {
            using var file = new MemoryStream();
            await UsageFile.WriteAsync(file, rows, rows, dates, cancellationToken);
            var (bytes, mapping) = (file.ToArray(), SampleMapping.Make("bench", dates));
            var (whole, bare) = (new List<double>(), new List<double>());
            for (var time = -5; time < times; time++)
            {
                var (one, other) = (await MillisecondsAsync(bytes, mapping, cancellationToken),
                    await MillisecondsAsync(bytes, AsTexts(mapping), cancellationToken));
                if (time < 0) continue; // warming up
                whole.Add(one);
                bare.Add(other);
            }

            var (proving, reading) = (Spread.Of(whole), Spread.Of(bare));
            var ratio = proving.Median / reading.Median;
            most = Math.Max(most, ratio);
            table.Add([dates ? "with a date column" : "without", proving.Show("0.0"), reading.Show("0.0"), Spread.Text(ratio, "0.00")]);
        }

        result.Table(["file", "ms", "with nothing to prove, ms", "ratio"], table);
        result.Target("the pass to one with nothing to prove", most, "≤", Wanted);
        await result.SaveAsync(cancellationToken);
        return 0;
    }

    private static async Task<double> MillisecondsAsync(byte[] file, ImportMapping mapping, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var outcome = await new FilePlanner(mapping, new FileLimits(), new PlanOptions()).PlanAsync(
            "bench.csv", _ => Task.FromResult<Stream>(new MemoryStream(file)), _ => Task.FromResult(Stream.Null), null, cancellationToken);
        if (outcome.Plan is null) throw new InvalidOperationException($"The generated file can't be planned: {outcome.Error?.Message}");
        return watch.Elapsed.TotalMilliseconds;
    }

    private static ImportMapping AsTexts(ImportMapping mapping) => mapping with
    {
        Products = [.. mapping.Products.Select(product => product with
        {
            Dimensions = [.. product.Dimensions.Select(dimension => dimension with { DataType = DataType.Text })],
        })],
    };
}
