using System.Globalization;
using System.Text;
using Usage.Scenarios.App;

namespace Usage.Scenarios.Imports;

/// <summary>Many accounts, several rows for each, over several months.</summary>
internal static class LargeFile
{
    public static async Task SetUpAsync(AppFixture app, SourcePage page, int accounts)
    {
        var csv = new StringBuilder("account_id,name,crm_id,domains,aliases\n");
        for (var i = 0; i < accounts; i++) csv.Append(CultureInfo.InvariantCulture, $"large-{i:D5},Large {i},LARGE{i:D5},,\n");
        var (status, body) = await app.Api.PostAsync("accounts/import", csv.ToString());
        Assert.True(status == 200, body.ToString());
        await page.PutIntegrationAsync(app, integration =>
        {
            integration["products"] = new[] { page.Mapping("day") };
            integration["allowMultipleRowsPerCustomer"] = true;
        });
    }

    public static string Csv(int accounts, int rows)
    {
        var csv = new StringBuilder("customer_id,mau,api_calls,plan_type,is_active,day\n");
        for (var row = 0; row < rows; row++)
        {
            var (account, month) = (row * 7919L % accounts, row * 31L / accounts % 3 + 1);
            csv.Append(CultureInfo.InvariantCulture,
                $"LARGE{account:D5},{row % 1000},{row * 3},Plan {row % 5},{(row % 2 == 0 ? "true" : "false")},2026-0{month}-{row % 28 + 1:D2}\n");
        }

        return csv.ToString();
    }
}
