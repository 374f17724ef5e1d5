using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Imports;

[Collection(SharedApp.Name)]
public sealed class AdmissionTests(AppFixture app)
{
    [Fact]
    public async Task File_in_the_folder_of_no_integration_is_a_failed_run_that_says_what_to_do()
    {
        var folder = app.Unique("nobody");
        await app.DropAsync($"{folder}/a.csv", "x\n1\n");

        var run = await app.Api.EndOfBlobAsync($"{folder}/a.csv");

        Assert.Equal("failed", run.GetProperty("status").GetString());
        Assert.Equal("unknown-integration", run.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains($"PUT /api/integrations/{folder}", run.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task File_outside_of_any_folder_is_a_failed_run()
    {
        var name = app.Unique("stray") + ".csv";
        await app.DropAsync(name, "x\n1\n");

        var run = await app.Api.EndOfBlobAsync(name);

        Assert.Equal("unknown-integration", run.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task File_that_is_no_csv_is_a_failed_run()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.DropAsync($"{page.Integration}/a.zip", "PK\u0003\u0004");

        var run = await app.Api.EndOfBlobAsync($"{page.Integration}/a.zip");

        Assert.Equal("not-a-csv", run.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("../other/a.csv")]
    [InlineData("/a.csv")]
    [InlineData("x\\a.csv")]
    [InlineData("x//a.csv")]
    [InlineData("a\u0001.csv")]
    public async Task Name_that_leaves_the_folder_is_refused(string name)
    {
        var page = await SourcePage.SetUpAsync(app);

        var (status, body) = await app.Api.PostAsync($"integrations/{page.Integration}/files?name={Uri.EscapeDataString(name)}", page.Csv);

        Assert.Equal(400, status);
        Assert.Equal("name", body.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [SlowFact]
    public async Task Files_dropped_together_take_effect_in_order_of_arrival_and_name()
    {
        var page = await SourcePage.SetUpAsync(app);
        var names = Enumerable.Range(1, 8).Select(i => $"file-{i}.csv").ToArray();
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
            await app.DropAsync($"{page.Integration}/{name}", $"{SourcePage.Header}\n{page.CrmIds[0]},{i + 1},,,\n");

        foreach (var name in names)
            Assert.Equal("succeeded", (await app.Api.EndOfBlobAsync($"{page.Integration}/{name}")).GetProperty("status").GetString());

        var entity = Assert.Single(await app.OfAsync(page.Product));
        Assert.Equal(8.0, entity["d_monthly_active_users"]);
    }
}
