using System.CommandLine;
using System.Diagnostics;
using Azure.Data.Tables;
using Usage.Benchmarks.Output;
using Usage.Local.Azurite;

namespace Usage.Benchmarks.Writing;

/// <summary>The snapshot writer against the emulator's own ceiling.</summary>
internal static class WriteCommand
{
    private const double WantedOfBare = 0.9;

    public static Command Make()
    {
        var entities = new Option<int>(
            "--entities")
        { Description = "Entities a round, a multiple of 100.", DefaultValueFactory = _ => 20_000 };
        var times = new Option<int>("--times") { Description = "Rounds of each.", DefaultValueFactory = _ => 7 };
        var command = new Command(
            "write",
            "Entities a second of the snapshot writer; beside bare transactions, written down beforehand, from one HttpClient.") { entities,
                times };
        command.SetAction((found, cancellationToken) => RunAsync(found.GetValue(entities), found.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int entities, int times, CancellationToken cancellationToken)
    {
        await using var azurite = await AzuriteProcess.StartAsync(cancellationToken: cancellationToken);
        await new TableServiceClient(azurite.ConnectionString).GetTableClient("snapshots").CreateIfNotExistsAsync(cancellationToken);
        using var subject = new WriteSubject(azurite.ConnectionString, entities);
        var (bare, ours, plain) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
        for (var i = -2; i < times; i++)
        {
            // In turn, and each time into partitions that aren't there yet.
            var round = i + 2;
            var transactions = subject.Bare($"bare-{round}");
            var groups = subject.Groups();
            var first = await MeasureAsync(() => subject.SendAsync(transactions, cancellationToken));
            var second = await MeasureAsync(() => subject.WriteAsync($"ours-{round}", groups, cancellationToken));
            var third = await MeasureAsync(() => subject.WritePlainAsync($"plain-{round}", groups, cancellationToken));
            if (i < 0) continue;
            bare.Add(first);
            ours.Add(second);
            plain.Add(third);
        }

        var result = new ResultFile("write", "Writing");
        result.Line(
            $"{entities:N0} entities a round, 100 a transaction, each into a new partition of the emulator; "
            + $"{WriteSubject.AtOnce} transactions at once.");
        result.Line();
        result.Table(["", "entities/s", "of bare", "processor µs an entity"],
        [
            Row("bare HttpClient, transactions written down beforehand", bare),
            Row("the snapshot writer", ours),
            Row("the same by the official client as it is", plain),
        ]);
        result.Target("entities a second of the bare client's", OfBare(ours).Median, "≥", WantedOfBare);
        await result.SaveAsync(cancellationToken);
        return 0;

        string[] Row(string what, List<Cost> costs) =>
        [
            what, Spread.Of(costs.Select(cost => entities / cost.Seconds)).Show("#,0"), OfBare(costs).Show("0.00"),
            Spread.Of(costs.Select(cost => cost.Processor / entities * 1e6)).Show("0"),
        ];

        Spread OfBare(List<Cost> costs) => Spread.Of(bare.Zip(costs, (b, o) => b.Seconds / o.Seconds));
    }

    private static async Task<Cost> MeasureAsync(Func<Task> work)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        return new(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    /// <param name="Processor">Seconds of this process, the emulator's not counted.</param>
    private readonly record struct Cost(double Seconds, double Processor);
}
