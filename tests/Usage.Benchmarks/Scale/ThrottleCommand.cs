using System.CommandLine;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Scale;

/// <summary>The writer's schedule of requests against a table service that puts off what is too much.</summary>
internal static class ThrottleCommand
{
    private const double Wanted = 0.85;

    public static Command Make()
    {
        var entities = new Option<int>("--entities")
        {
            Description = "Entities of each run; 10 million take nine minutes at Azure's limit.",
            DefaultValueFactory = _ => 1_000_000,
        };
        var atOnce = Numbers("--at-once", "The most transactions of an instance under way at once, each tried.", 32);
        var instances = Numbers("--instances", "Instances, each number tried.", 1, 2, 4);
        var latency = Numbers("--latency", "Milliseconds until a transaction is answered, each tried.", 30, 60, 120);
        var accounts = new Option<int>("--accounts")
        {
            Description = "Storage accounts, each with a range of blocks.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("throttle", "What share of a storage account's limit the writer reaches, and how often it is put off.")
        {
            entities, atOnce, instances, latency, accounts,
        };
        command.SetAction((found, cancellationToken) => RunAsync(
            found.GetValue(entities), found.GetValue(accounts),
            [
                .. from ms in found.GetValue(latency)!
                   from count in found.GetValue(instances)!
                   from window in found.GetValue(atOnce)!
                   select (ms, count, window),
            ], cancellationToken));
        return command;

        static Option<int[]> Numbers(string name, string what, params int[] standard) =>
            new(name) { Description = what, DefaultValueFactory = _ => standard, AllowMultipleArgumentsPerToken = true };
    }

    private static async Task<int> RunAsync(
        int entities, int accounts, IReadOnlyList<(int Latency, int Instances, int AtOnce)> tried, CancellationToken cancellationToken)
    {
        var router = new DataAccounts(Enumerable.Range(0, accounts).Select(i => (int)((long)entities / 100 * i / accounts)));
        var rows = new List<(IReadOnlyList<string> Cells, double Share)>();
        foreach (var (latency, instances, atOnce) in tried)
        {
            var limits = ThrottledTables.Limits.OfAzure(TimeSpan.FromMilliseconds(latency));
            var services = Enumerable.Range(0, accounts).Select(_ => new ThrottledTables(limits)).ToList();
            var schedule = new WriteSchedule(services, router, new(entities, instances, atOnce, limits.Latency));
            var result = await schedule.RunAsync(accounts * limits.AccountPerSecond, cancellationToken);
            rows.Add((
                [
                    $"{latency}", $"{instances}", $"{atOnce}", Spread.Text(entities / result.Seconds, "#,0"),
                    Spread.Text(result.Share, "0.00"), Spread.Text(result.PutOff, "0.0"), $"{result.MostInARow}", $"{result.GaveUp}",
                ], result.Share));
            await Console.Error.WriteLineAsync(string.Join(" | ", rows[^1].Cells));
        }

        var page = new ResultFile("azure/throttle", "A throttled table service, simulated");
        page.Line(
            $"{entities:N0} new entities a run into {accounts} storage account(s) that allow 20,000 a second each, and 2,000 a partition; "
            + "what is more is put off with 503. Writer, client and retries are the product's, the service is this program.");
        page.Line();
        page.Table(
            [
                "ms a transaction", "instances", "at once in each, at most", "entities/s", "of the limit", "put off, of 1,000",
                "in a row at most", "began again",
            ],
            rows.Select(row => row.Cells));
        page.Target("the least share of the limit", rows.Min(row => row.Share), "≥", Wanted);
        await page.SaveAsync(cancellationToken);
        return 0;
    }
}
