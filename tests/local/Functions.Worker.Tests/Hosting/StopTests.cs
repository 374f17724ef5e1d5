using Functions.Worker.Tests.App;

namespace Functions.Worker.Tests.Hosting;

public sealed class StopTests
{
    [Fact]
    public async Task SIGTERM_lets_a_request_under_way_finish_and_ends_with_exit_code_0()
    {
        using var folder = new AppFolder();
        await using var app = await AppProcess.StartAsync(folder);
        var gate = Path.Combine(folder.Root, "gate");
        var slow = app.Http.GetStringAsync("api/slow?until=" + Uri.EscapeDataString(gate));
        await Eventually.TrueAsync(() => folder.Count("slow began") == 1);
        var ended = app.TerminateAsync();
        await Eventually.TrueAsync(async () => !await Answers(app));
        Assert.False(slow.IsCompleted);
        await File.WriteAllTextAsync(gate, "");
        Assert.Equal("slow done", await slow);
        Assert.Equal(0, await ended);
    }

    private static async Task<bool> Answers(AppProcess app)
    {
        using var fresh = new HttpClient { BaseAddress = app.Http.BaseAddress };
        try
        {
            await fresh.GetStringAsync("admin/host/status");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
