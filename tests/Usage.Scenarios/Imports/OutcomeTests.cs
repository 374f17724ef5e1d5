using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Imports;

[Collection(SharedApp.Name)]
public sealed class OutcomeTests(AppFixture app)
{
    [Fact]
    public async Task Every_row_has_one_outcome_and_rejected_rows_can_be_mended()
    {
        var page = await SourcePage.SetUpAsync(app);
        var csv = string.Join('\n', SourcePage.Header,
            $"{page.CrmIds[0]},500,25000,Enterprise,true",
            $"{page.CrmIds[1]},N/A,8000,Professional,true",
            "CUST999,25,1200,Starter,false",
            $"{page.CrmIds[2]},,,,",
            $"{page.CrmIds[2]},x,y,,z",
            "short");

        var run = await app.Api.ImportAsync(page.Integration, "mixed.csv", csv);

        Assert.Equal("partiallySucceeded", run.GetProperty("status").GetString());
        Assert.Equal("""{"read":6,"recorded":1,"partial":1,"unmatched":1,"ambiguous":0,"invalid":2,"empty":1,"superseded":0}""",
            run.GetProperty("rows").ToString());
        Assert.Equal(2, run.GetProperty("snapshots").GetInt64());
        Assert.Equal(7, run.GetProperty("values").GetInt64());
        var issue = run.GetProperty("issues").EnumerateArray().Single(issue => issue.GetProperty("code").GetString() == "not-a-number");
        Assert.Equal("row 2, column \"mau\": found \"N/A\", expected a number such as 1234.5",
            issue.GetProperty("samples")[0].GetProperty("message").GetString());

        var rejected = await app.Api.Http.GetStringAsync($"runs/{run.GetProperty("id").GetString()}/rejected.csv");
        Assert.Equal(5, rejected.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("\uFEFFcustomer_id,mau,api_calls,plan_type,is_active,_row,_outcome,_code,_message,_raw,_run\r\n", rejected);

        var mended = rejected.Replace("N/A", "150");
        var again = await app.Api.ImportAsync(page.Integration, "mended.csv", mended);
        Assert.Equal(1, again.GetProperty("rows").GetProperty("recorded").GetInt64());
        var entity = Assert.Single(await app.OfAsync(page.Product), entity => entity.RowKey == page.Accounts[1]);
        Assert.Equal(150.0, entity["d_monthly_active_users"]);
    }

    [Fact]
    public async Task Unmatched_identifier_is_listed()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(
            page.Integration, "a.csv", $"{SourcePage.Header}\nNOBODY-{page.Product},1,,,\nNOBODY-{page.Product},2,,,\n");

        var items = (await app.Api.GetAsync($"unmatched?integration={page.Integration}")).GetProperty("items");

        var item = Assert.Single(items.EnumerateArray());
        Assert.Equal($"NOBODY-{page.Product}", item.GetProperty("key").GetString());
        Assert.Equal(2, item.GetProperty("rows").GetInt64());
    }

    [SlowFact]
    public async Task File_with_a_header_only_succeeds_with_no_rows()
    {
        var page = await SourcePage.SetUpAsync(app);

        var run = await app.Api.ImportAsync(page.Integration, "empty.csv", SourcePage.Header);

        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Equal(0, run.GetProperty("rows").GetProperty("read").GetInt64());
    }

    [Fact]
    public async Task Missing_column_fails_the_run_and_names_those_that_are_there()
    {
        var page = await SourcePage.SetUpAsync(app);

        var run = await app.Api.ImportAsync(page.Integration, "wrong.csv", "customer_id,mau\nx,1\n");

        Assert.Equal("failed", run.GetProperty("status").GetString());
        Assert.Equal("missing-column", run.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(await app.OfAsync(page.Product));
    }

    [SlowFact]
    public async Task Report_points_are_kept_for_the_date()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv);

        var first = await PointAsync("monthly_active_users");
        Assert.Equal((3, 675.0, 25.0, 500.0),
            (first.GetProperty("accounts").GetInt64(), first.GetProperty("sum").GetDouble(), first.GetProperty("min").GetDouble(),
                first.GetProperty("max").GetDouble()));
        await app.Api.ImportAsync(page.Integration, "b.csv", $"{SourcePage.Header}\n{page.CrmIds[2]},1000,,Enterprise,\n");

        var second = await PointAsync("monthly_active_users");
        Assert.Equal((3, 1650.0), (second.GetProperty("accounts").GetInt64(), second.GetProperty("sum").GetDouble()));
        var plans = await PointAsync("subscription_plan");
        Assert.Equal("""{"value":"Enterprise","count":2}""", plans.GetProperty("counts")[0].ToString());

        async Task<JsonElement> PointAsync(string dimension) =>
            Assert.Single((await app.Api.GetAsync($"reports/{page.Product}/{dimension}")).GetProperty("points").EnumerateArray());
    }
}
