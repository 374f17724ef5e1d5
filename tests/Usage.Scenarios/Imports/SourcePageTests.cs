using System.Globalization;
using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.Imports;

[Collection(SharedApp.Name)]
public sealed class SourcePageTests(AppFixture app)
{
    [Fact]
    public async Task Dropped_example_becomes_twelve_typed_values()
    {
        var page = await SourcePage.SetUpAsync(app);
        await app.DropAsync($"{page.Integration}/2026/october.csv", page.Csv);

        var run = await app.Api.EndOfBlobAsync($"{page.Integration}/2026/october.csv");

        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Equal(3, run.GetProperty("rows").GetProperty("recorded").GetInt64());
        Assert.Equal(3, run.GetProperty("snapshots").GetInt64());
        Assert.Equal(12, run.GetProperty("values").GetInt64());
        var arrived = run.GetProperty("arrivedAt").GetDateTimeOffset().UtcDateTime;
        var date = new DateOnly(arrived.Year, arrived.Month, 1).AddMonths(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(date, run.GetProperty("dates")[0].GetProperty("date").GetString());
        Assert.StartsWith("monthly: the first of the month before ", run.GetProperty("dates")[0].GetProperty("why").GetString());

        await ThroughApiAsync(page.Accounts[0], 500, 25000, "Enterprise", true);
        await ThroughApiAsync(page.Accounts[1], 150, 8000, "Professional", true);
        await ThroughApiAsync(page.Accounts[2], 25, 1200, "Starter", false);
        var stored = await app.OfAsync(page.Product);
        Assert.Equal(3, stored.Count);
        Assert.All(stored, entity => Assert.EndsWith(date, string.Join('|', entity.PartitionKey.Split('|')[..3])));
        InTable(page.Accounts[0], 500, 25000, "Enterprise", true);
        InTable(page.Accounts[1], 150, 8000, "Professional", true);
        InTable(page.Accounts[2], 25, 1200, "Starter", false);

        async Task ThroughApiAsync(string account, double users, double calls, string plan, bool active)
        {
            var usage = await app.Api.GetAsync($"accounts/{account}/usage");
            var snapshot = Assert.Single(usage.GetProperty("products")[0].GetProperty("snapshots").EnumerateArray());
            Assert.Equal(date, snapshot.GetProperty("date").GetString());
            var values = snapshot.GetProperty("values");
            Assert.Equal(users, values.GetProperty("monthly_active_users").GetDouble());
            Assert.Equal(calls, values.GetProperty("api_request_count").GetDouble());
            Assert.Equal(plan, values.GetProperty("subscription_plan").GetString());
            Assert.Equal(active ? JsonValueKind.True : JsonValueKind.False, values.GetProperty("active_status").ValueKind);
        }

        void InTable(string account, double users, double calls, string plan, bool active)
        {
            var entity = Assert.Single(stored, entity => entity.RowKey == account);
            Assert.Equal(users, Assert.IsType<double>(entity["d_monthly_active_users"]));
            Assert.Equal(calls, Assert.IsType<double>(entity["d_api_request_count"]));
            Assert.Equal(plan, Assert.IsType<string>(entity["d_subscription_plan"]));
            Assert.Equal(active, Assert.IsType<bool>(entity["d_active_status"]));
            Assert.Equal(run.GetProperty("id").GetString(), entity["run"]);
        }
    }
}
