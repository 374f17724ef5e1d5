using Usage.Scenarios.App;

namespace Usage.Scenarios.Imports;

[Collection(SharedApp.Name)]
public sealed class CancelTests(AppFixture app)
{
    [Fact]
    public async Task Cancelled_run_says_what_was_written_and_its_rows_add_up()
    {
        var page = await SourcePage.SetUpAsync(app);
        await LargeFile.SetUpAsync(app, page, 2_000);
        var id = await app.Api.UploadAsync(page.Integration, "large.csv", LargeFile.Csv(2_000, 40_000));

        var (status, body) = await app.Api.PostAsync($"runs/{id}/cancel", "");
        var run = await app.Api.EndOfAsync(id);

        Assert.True(status == 202, body.ToString());
        Assert.Equal("cancelled", run.GetProperty("status").GetString());
        Assert.Equal(run.GetProperty("snapshots").GetInt64(), (await app.OfAsync(page.Product)).Count);
        var (again, problem) = await app.Api.PostAsync($"runs/{id}/cancel", "");
        Assert.True(again == 409, problem.ToString());
    }

    [Fact]
    public async Task Unknown_run_cannot_be_cancelled()
    {
        var (status, _) = await app.Api.PostAsync("runs/20260101T000000-0123456789ab/cancel", "");

        Assert.Equal(404, status);
    }
}
