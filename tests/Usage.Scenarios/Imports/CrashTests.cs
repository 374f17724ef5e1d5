using Usage.Scenarios.App;

namespace Usage.Scenarios.Imports;

public sealed class CrashTests(CrashTests.ManyBatches app) : IClassFixture<CrashTests.ManyBatches>
{
    [Fact]
    public async Task Import_that_is_killed_and_goes_on_stores_what_an_undisturbed_one_does()
    {
        var csv = LargeFile.Csv(2_000, 20_000);
        var (calm, killed) = (await SourcePage.SetUpAsync(app), await SourcePage.SetUpAsync(app));
        await LargeFile.SetUpAsync(app, calm, 2_000);
        await LargeFile.SetUpAsync(app, killed, 2_000);
        var undisturbed = await app.Api.ImportAsync(calm.Integration, "large.csv", csv);

        var id = await app.Api.UploadAsync(killed.Integration, "large.csv", csv);
        await app.KillAndRestartAsync();
        await Api.UntilAsync(async () => await app.Api.GetAsync($"runs/{id}"), run => run.GetProperty("progress").GetProperty("done").GetInt64() >= 3 || Ended(run));
        await app.KillAndRestartAsync();
        await Api.UntilAsync(async () => (await app.OfAsync(killed.Product)).Count, count => count > 0);
        await app.KillAndRestartAsync();
        var run = await app.Api.EndOfAsync(id);

        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Equal(undisturbed.GetProperty("rows").ToString(), run.GetProperty("rows").ToString());
        Assert.Equal(undisturbed.GetProperty("snapshots").GetInt64(), run.GetProperty("snapshots").GetInt64());
        Assert.Equal(await app.LinesOfAsync(calm.Product), await app.LinesOfAsync(killed.Product));
    }

    private static bool Ended(System.Text.Json.JsonElement run) => run.GetProperty("status").GetString() is not ("queued" or "running");

    public sealed class ManyBatches : AppFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Usage__BatchBytes"] = "65536" };
    }
}
