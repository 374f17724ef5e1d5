using System.Collections.Concurrent;
using System.Diagnostics;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Scenarios.Imports;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Attacks;

/// <summary>Many at once: each gets an answer, and nothing is left of them in the app's process.</summary>
public sealed class LoadTests(SlowApp app) : IClassFixture<SlowApp>
{
    private const int Writers = 8;
    private const int Importers = 2;
    private const long SpareBytes = 150_000_000;
    private const int SpareHandles = 40;

    [SlowFact]
    public async Task Readers_writers_and_imports_side_by_side_are_all_answered_and_leave_nothing_behind()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(page.Integration, "first.csv", page.Csv);
        // Code is compiled, pools are filled and connections opened by whoever comes first.
        await LoadAsync(page, Scale.Load, "warm");
        var before = Figures();

        var statuses = await LoadAsync(page, Scale.Load, "hot");

        Assert.All(statuses.Keys, status => Assert.InRange(status, 200, 499));
        Assert.True(statuses[200] > Scale.Readers, $"{string.Join(", ", statuses)}");
        using var patience = new CancellationTokenSource(Patience.Long);
        while (Figures() is var now && (now.Bytes > before.Bytes + SpareBytes || now.Handles > before.Handles + SpareHandles))
        {
            Assert.False(patience.IsCancellationRequested, $"before {before}, now {now}");
            await Task.Delay(500);
        }
    }

    private async Task<ConcurrentDictionary<int, int>> LoadAsync(SourcePage page, TimeSpan duration, string name)
    {
        var (statuses, began) = (new ConcurrentDictionary<int, int>(), Stopwatch.StartNew());
        string[] reads =
        [
            $"products/{page.Product}/snapshots", $"accounts/{page.Accounts[0]}/usage", "runs", "accounts?search=acme",
            $"reports/{page.Product}/monthly_active_users", $"integrations/{page.Integration}", "openapi.json", "unmatched",
        ];
        var runs = new ConcurrentBag<string>();
        await Task.WhenAll(Workers(Scale.Readers, (who, turn) => SendAsync("GET", reads[(who + turn) % reads.Length]))
            .Concat(Workers(Writers, (who, turn) => SendAsync(
                "PUT", $"accounts/{page.Product}-{who}",
                $$"""{"name":"Account {{turn}}","crmId":"{{page.Product}}-{{who}}-{{turn % 3}}"}""")))
            .Concat(Workers(Importers, async (who, turn) =>
            {
                var answer = await SendAsync(
                    "POST", $"integrations/{page.Integration}/files?name={name}-{who}-{turn}.csv", page.Csv, "text/csv");
                if (answer.Status != 202) return;
                runs.Add(answer.Json.GetProperty("runId").GetString()!);
                await app.Api.EndOfAsync(answer.Json.GetProperty("runId").GetString()!);
            })));
        foreach (var run in runs)
            Assert.Contains((await app.Api.EndOfAsync(run)).GetProperty("status").GetString(), new[] { "succeeded", "duplicate" });
        return statuses;

        IEnumerable<Task> Workers(int count, Func<int, int, Task> work) => Enumerable.Range(0, count).Select(async who =>
        {
            for (var turn = 0; began.Elapsed < duration; turn++) await work(who, turn);
        });

        async Task<ApiCall> SendAsync(string method, string path, string? body = null, string type = "application/json")
        {
            var answer = await ApiCall.SendAsync(app.Api.Http, method, path, body, type);
            statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            Assert.True(answer.Status < 500, $"{answer}");
            return answer;
        }
    }

    private (long Bytes, int Handles) Figures()
    {
        using var process = Process.GetProcessById(app.WorkerId);
        return (process.WorkingSet64, Directory.GetFileSystemEntries($"/proc/{app.WorkerId}/fd").Length);
    }
}
