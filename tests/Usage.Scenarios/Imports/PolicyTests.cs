using Usage.Scenarios.App;

namespace Usage.Scenarios.Imports;

[Collection(SharedApp.Name)]
public sealed class PolicyTests(AppFixture app)
{
    [Theory]
    [InlineData("abort", null, null, "aborted")]
    [InlineData("skipCell", 0, null, "too-many-errors")]
    [InlineData("skipCell", null, 20.0, "too-many-errors")]
    public async Task Refused_file_records_nothing_and_counts_what_its_rows_would_have_been(
        string mode, int? maxErrors, double? maxErrorPercent, string code)
    {
        var page = await SourcePage.SetUpAsync(app, body => body["onError"] = new { mode, maxErrors, maxErrorPercent });

        var run = await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv + "CUST999,1,,,\n");

        Assert.Equal("failed", run.GetProperty("status").GetString());
        Assert.Equal(code, run.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("""{"read":4,"recorded":3,"partial":0,"unmatched":1,"ambiguous":0,"invalid":0,"empty":0,"superseded":0}""",
            run.GetProperty("rows").ToString());
        Assert.Equal(0, run.GetProperty("snapshots").GetInt64());
        Assert.Empty(await app.OfAsync(page.Product));
    }

    [Fact]
    public async Task Errors_within_the_limits_are_let_through()
    {
        var page = await SourcePage.SetUpAsync(
            app, body => body["onError"] = new { mode = "skipCell", maxErrors = 1, maxErrorPercent = 25.0 });

        var run = await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv + "CUST999,1,,,\n");

        Assert.Equal("partiallySucceeded", run.GetProperty("status").GetString());
        Assert.Equal(3, (await app.OfAsync(page.Product)).Count);
    }
}
