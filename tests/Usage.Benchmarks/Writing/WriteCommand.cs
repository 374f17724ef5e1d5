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
        var entities = new Option<int>("--entities") { Description = "Entities a round, a multiple of 100.", DefaultValueFactory = _ => 20_000 };
        var times = new Option<int>("--times") { Description = "Rounds of each.", DefaultValueFactory = _ => 7 };
        var command = new Command("write", "Entities a second of the snapshot writer; beside bare transactions, written down beforehand, from one HttpClient.") { entities, times };
        command.SetAction((found, cancel) => RunAsync(found.GetValue(entities), found.GetValue(times), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int entities, int times, CancellationToken cancel)
    {
        await using var azurite = await AzuriteProcess.StartAsync(cancel: cancel);
        await new TableServiceClient(azurite.ConnectionString).GetTableClient("snapshots").CreateIfNotExistsAsync(cancel);
        using var subject = new WriteSubject(azurite.ConnectionString, entities);
        var (bare, ours) = (new List<double>(), new List<double>());
        for (var i = -2; i < times; i++)
        {
            // In turn, and each time into partitions that aren't there yet.
            var round = i + 2;
            var transactions = subject.Bare($"bare-{round}");
            var first = await SecondsAsync(() => subject.SendAsync(transactions, cancel));
            var groups = subject.Groups();
            var second = await SecondsAsync(() => subject.WriteAsync($"ours-{round}", groups, cancel));
            if (i < 0) continue;
            bare.Add(first);
            ours.Add(second);
        }

        var result = new ResultFile("write", "Writing");
        result.Line($"{entities:N0} entities a round, 100 a transaction, each into a new partition of the emulator; {WriteSubject.AtOnce} transactions at once.");
        result.Line();
        result.Table(["", "entities/s", "of bare"],
        [
            ["bare HttpClient, transactions written down beforehand", Spread.Of(bare.Select(s => entities / s)).Show("#,0"), "1.00"],
            ["the snapshot writer", Spread.Of(ours.Select(s => entities / s)).Show("#,0"), Spread.Of(bare.Zip(ours, (b, o) => b / o)).Show("0.00")],
        ]);
        result.Target("entities a second of the bare client's", Spread.Of(bare.Zip(ours, (b, o) => b / o)).Median, "≥", WantedOfBare);
        await result.SaveAsync(cancel);
        return 0;
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
