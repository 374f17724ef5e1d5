using System.Net;
using System.Net.Http.Json;
using Functions.Worker.Tests.App;

namespace Functions.Worker.Tests.Durable;

public sealed class DurableTriggerTests
{
    [Fact]
    public async Task Orchestrator_and_activities_run_through_the_middleware()
    {
        using var folder = new AppFolder();
        await using var app = await AppProcess.StartAsync(folder);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("api/sums/one")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.PostAsync("api/sums/one/4", null)).StatusCode);
        await EndsAsync(app, "one", "\"30 outer,inner\"");
        Assert.Equal(
            ["square 1 of one outer,inner", "square 2 of one outer,inner", "square 3 of one outer,inner", "square 4 of one outer,inner"],
            folder.Lines.Where(l => l.StartsWith("square", StringComparison.Ordinal)));
        Assert.True(Directory.Exists(Path.Combine(folder.Root, ".usage", "durable", "TestHub")));
    }

    [Fact]
    public async Task Killed_process_goes_on_where_it_was()
    {
        using var folder = new AppFolder();
        var gate = Path.Combine(folder.Root, "gate");
        await using (var app = await AppProcess.StartAsync(folder))
        {
            await app.Http.PostAsync($"api/sums/two/4?gate={Uri.EscapeDataString(gate)}", null);
            await Eventually.TrueAsync(() => folder.Count("square 3") == 1, () => app.Output);
            await app.KillAsync();
        }

        await File.WriteAllTextAsync(gate, "");
        await using var again = await AppProcess.StartAsync(folder);
        await EndsAsync(again, "two", "\"30 outer,inner\"");
        Assert.Equal([1, 1, 2, 1], new[] { 1, 2, 3, 4 }.Select(n => folder.Count($"square {n}")));
    }

    [Fact]
    public async Task Terminated_process_stops_in_order_and_goes_on_later()
    {
        using var folder = new AppFolder();
        var gate = Path.Combine(folder.Root, "gate");
        await using (var app = await AppProcess.StartAsync(folder))
        {
            await app.Http.PostAsync($"api/sums/three/4?gate={Uri.EscapeDataString(gate)}", null);
            await Eventually.TrueAsync(() => folder.Count("square 3") == 1, () => app.Output);
            Assert.Equal(0, await app.TerminateAsync());
        }

        await File.WriteAllTextAsync(gate, "");
        await using var again = await AppProcess.StartAsync(folder);
        await EndsAsync(again, "three", "\"30 outer,inner\"");
    }

    private static Task EndsAsync(AppProcess app, string id, string output) => Eventually.TrueAsync(
        async () => await app.Http.GetFromJsonAsync<Sum>("api/sums/" + id) is { Status: "Completed" } sum && sum.Output == output,
        () => app.Output);

    private sealed record Sum(string Status, string? Output);
}
