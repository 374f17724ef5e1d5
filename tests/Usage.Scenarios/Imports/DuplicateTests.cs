using Usage.Scenarios.App;

namespace Usage.Scenarios.Imports;

[Collection(SharedApp.Name)]
public sealed class DuplicateTests(AppFixture app)
{
    [Fact]
    public async Task Same_content_twice_counts_once_and_the_second_run_names_the_first()
    {
        var page = await SourcePage.SetUpAsync(app);
        var first = await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv);

        var second = await app.Api.ImportAsync(page.Integration, "b.csv", page.Csv);

        Assert.Equal("duplicate", second.GetProperty("status").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("duplicateOf").GetString());
        Assert.All(await app.OfAsync(page.Product), entity => Assert.Equal(first.GetProperty("id").GetString(), entity["run"]));
    }

    [Fact]
    public async Task Force_imports_in_any_case()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv);

        var second = await app.Api.ImportAsync(page.Integration, "b.csv", page.Csv, force: true);
        await app.DropAsync($"{page.Integration}/c.csv", page.Csv, new Dictionary<string, string> { ["force"] = "true" });
        var third = await app.Api.EndOfBlobAsync($"{page.Integration}/c.csv");

        Assert.Equal("succeeded", second.GetProperty("status").GetString());
        Assert.Equal("succeeded", third.GetProperty("status").GetString());
    }

    [Fact]
    public async Task File_counts_again_after_another_one_changed_its_dates()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv);
        await app.Api.ImportAsync(page.Integration, "b.csv", page.Csv.Replace("500", "501"));

        var third = await app.Api.ImportAsync(page.Integration, "c.csv", page.Csv);

        Assert.Equal("succeeded", third.GetProperty("status").GetString());
        Assert.Contains(await app.OfAsync(page.Product), entity => Equals(entity["d_monthly_active_users"], 500.0));
    }

    [Fact]
    public async Task File_counts_again_under_another_version_of_the_mapping()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv);
        await page.PutIntegrationAsync(app, body => body["allowMultipleRowsPerCustomer"] = true);

        var second = await app.Api.ImportAsync(page.Integration, "b.csv", page.Csv);

        Assert.Equal("succeeded", second.GetProperty("status").GetString());
        Assert.Equal(2, second.GetProperty("version").GetInt32());
    }
}
