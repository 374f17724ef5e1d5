using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Scenarios.Crashes.Steps;
using Usage.Storage.Runs;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Crashes;

/// <summary>Many files and many events at once.</summary>
[Collection(Faults.Name)]
public sealed class OrderTests(Place place, ITestOutputHelper output)
{
    [SlowFact]
    public async Task Many_files_over_eight_integrations_all_end_while_four_clients_read()
    {
        await place.SettleAsync();
        var (files, rows) = (Scale.Files, 200);
        var history = await History.SetUpAsync(place, rows);
        var integrations = new List<string>();
        for (var i = 0; i < 8; i++) integrations.Add(await history.AddProductAsync());
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => ReadAsync(integrations, stop.Token)).ToList();

        var ids = await Task.WhenAll(
            Enumerable.Range(0, files)
                .Select(i => place.DropAsync($"{integrations[i % 8]}/{i}.csv", $"{history.Csv()}nobody{i},,,,,,,\n")));
        var runs = new List<Run>();
        foreach (var id in ids) runs.Add(await place.EndOfAsync(id));
        await stop.CancelAsync();

        var requests = await Task.WhenAll(readers);
        Assert.All(requests, reader => Assert.True(reader.Count > 0));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{files} files of {rows + 1} rows, {requests.Sum(reader => reader.Count)} requests, "
            + $"the longest {requests.Max(reader => reader.Longest).TotalMilliseconds:0} ms"));
        Assert.All(runs, run => Assert.Equal((RunStatus.PartiallySucceeded, rows + 1), (run.Status, run.Rows.Read)));
        Assert.All(runs, run => Assert.True(run.Rows.AddUp()));
        foreach (var integration in integrations)
            Assert.Equal(files / 8 + (integrations.IndexOf(integration) < files % 8 ? 1 : 0), (await RunsOfAsync(integration)).Count);
    }

    [SlowFact]
    public async Task Two_files_dropped_together_take_effect_in_the_order_of_their_arrival()
    {
        await place.SettleAsync();
        var history = await History.SetUpAsync(place, 10);
        var product = await history.AddProductAsync();
        var lines = history.Csv().Split('\n');
        var customer = lines[1].Split(',')[0];
        // The first is long, the second short: without turns the second would be through first.
        var filler = string.Concat(Enumerable.Range(0, 4000).Select(i => $"nobody{i},2025-01-01,1,,,,,\n"));
        var first = await place.DropAsync($"{product}/a.csv", $"{lines[0]}\n{customer},2025-01-01,1,,,,first,\n{filler}");
        var second = await place.DropAsync($"{product}/b.csv", $"{lines[0]}\n{customer},2025-01-01,2,,,,second,\n");
        var (one, two) = (await place.EndOfAsync(first), await place.EndOfAsync(second));

        Assert.True(one.CompletedAt <= two.StartedAt,
            string.Create(CultureInfo.InvariantCulture, $"the second began at {two.StartedAt:O}, the first ended at {one.CompletedAt:O}"));
        var account = customer["crm".Length..];
        var usage = await place.Api.GetAsync($"accounts/{account}/usage?product={product}");
        Assert.Equal("second", usage.GetProperty("products")[0].GetProperty("snapshots")[0].GetProperty("values").GetProperty("plan")
            .GetString());
    }

    private async Task<IReadOnlyList<Run>> RunsOfAsync(string integration) =>
        await place.Runs.ListAsync(new RunFilter(RunKind.Import, new(integration)), 100, null, CancellationToken.None);

    private async Task<(int Count, TimeSpan Longest)> ReadAsync(List<string> integrations, CancellationToken cancellationToken)
    {
        var (count, longest) = (0, TimeSpan.Zero);
        for (; !cancellationToken.IsCancellationRequested; count++)
        {
            var path = count % 3 == 0 ? "runs?top=20" : count % 3 == 1
                ? $"integrations/{integrations[count % 8]}" : $"products/{integrations[count % 8]}/snapshots?date=2025-01-01&top=10";
            var from = Stopwatch.GetTimestamp();
            Assert.Equal(JsonValueKind.Object, (await place.Api.GetAsync(path)).ValueKind);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(from).Ticks));
            await Task.Delay(Scale.ReadersPause, CancellationToken.None);
        }

        return (count, longest);
    }
}
