using System.Net;
using System.Text.Json.Nodes;
using Functions.Worker.Tests.App;

namespace Functions.Worker.Tests.Timers;

public sealed class TimerTriggerTests
{
    [Fact]
    public async Task Setting_is_the_schedule_and_start_runs_what_asks_for_it()
    {
        using var folder = new AppFolder();
        folder.Settings["Every"] = "* * * * * *";
        folder.WriteSettings();
        await using var app = await AppProcess.StartAsync(folder);
        await Eventually.TrueAsync(() => folder.Count("every False") >= 2 && folder.Count("start ended") == 1, () => app.Output);
        Assert.Equal(1, folder.Count("start began True"));
        Assert.Equal(0, folder.Count("nightly"));
    }

    [Fact]
    public async Task Missed_time_is_caught_up_once()
    {
        using var folder = new AppFolder();
        await using (var app = await AppProcess.StartAsync(folder))
        {
            await Eventually.TrueAsync(() => File.Exists(Status(folder)));
            Assert.Equal(0, await app.TerminateAsync());
        }

        Assert.Equal(0, folder.Count("nightly"));
        var status = JsonNode.Parse(await File.ReadAllTextAsync(Status(folder)))!;
        status["next"] = "2020-01-01T02:00:00+00:00";
        await File.WriteAllTextAsync(Status(folder), status.ToJsonString());
        for (var start = 0; start < 2; start++)
        {
            await using var app = await AppProcess.StartAsync(folder);
            await Eventually.TrueAsync(() => folder.Count("start ended") == 2 + start, () => app.Output);
            await Eventually.TrueAsync(() => folder.Count("nightly True True") == 1, () => app.Output);
            await Eventually.TrueAsync(async () => !(await File.ReadAllTextAsync(Status(folder))).Contains("2020-01-01", StringComparison.Ordinal));
        }

        Assert.Equal(1, folder.Count("nightly"));
    }

    [Fact]
    public async Task Changed_schedule_catches_nothing_up()
    {
        using var folder = new AppFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(Status(folder))!);
        await File.WriteAllTextAsync(
            Status(folder), """{"schedule":"0 0 3 * * *","last":null,"next":"2020-01-01T03:00:00Z","lastUpdated":"2020-01-01T00:00:00Z"}""");
        await using var app = await AppProcess.StartAsync(folder);
        await Eventually.TrueAsync(() => folder.Count("start ended") == 1, () => app.Output);
        await Eventually.TrueAsync(async () => (await File.ReadAllTextAsync(Status(folder))).Contains("0 0 2 * * *", StringComparison.Ordinal));
        Assert.Equal(0, folder.Count("nightly"));
    }

    [Fact]
    public async Task Timer_function_is_run_by_hand_and_others_are_not()
    {
        using var folder = new AppFolder();
        await using var app = await AppProcess.StartAsync(folder);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.PostAsync("admin/functions/nightly", null)).StatusCode);
        await Eventually.TrueAsync(() => folder.Count("nightly False True") == 1, () => app.Output);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.PostAsync("admin/functions/nobody", null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Http.PostAsync("admin/functions/Plain", null)).StatusCode);
    }

    private static string Status(AppFolder folder) => Path.Combine(folder.Root, ".usage", "timers", "Nightly.json");
}
