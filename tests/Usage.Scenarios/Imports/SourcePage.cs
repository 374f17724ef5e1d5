using Usage.Scenarios.App;

namespace Usage.Scenarios.Imports;

/// <summary>The example of the page that this system follows, under ids of one test's own.</summary>
internal sealed record SourcePage(string Product, string Integration, IReadOnlyList<string> Accounts, IReadOnlyList<string> CrmIds)
{
    public const string Header = "customer_id,mau,api_calls,plan_type,is_active";

    public string Csv =>
        string.Join('\n', Header, $"{CrmIds[0]},500,25000,Enterprise,true", $"{CrmIds[1]},150,8000,Professional,true",
            $"{CrmIds[2]},25,1200,Starter,false", "");

    /// <param name="change">Further members of the integration.</param>
    public static async Task<SourcePage> SetUpAsync(AppFixture app, Action<Dictionary<string, object?>>? change = null)
    {
        var name = app.Unique("p");
        string[] accounts = [$"acme-{name}", $"globex-{name}", $"initech-{name}"];
        string[] crmIds = [$"CUST001{name}", $"CUST002{name}", $"CUST003{name}"];
        await app.Api.PutAsync($"products/{name}", new { name = "Platform", snapshotPeriod = "monthly" });
        await DimensionAsync("monthly_active_users", "numeric");
        await DimensionAsync("api_request_count", "numeric");
        await DimensionAsync("subscription_plan", "text");
        await DimensionAsync("active_status", "boolean");
        for (var i = 0; i < accounts.Length; i++)
            await app.Api.PutAsync($"accounts/{accounts[i]}",
                new { name = accounts[i], crmId = crmIds[i], domains = Array.Empty<string>(), aliases = Array.Empty<string>() });
        var page = new SourcePage(name, $"usage-{name}", accounts, crmIds);
        await page.PutIntegrationAsync(app, change);
        return page;

        Task DimensionAsync(string id, string type) =>
            app.Api.PutAsync($"products/{name}/dimensions/{id}", new { name = id.Replace('_', ' '), dataType = type });
    }

    public Task PutIntegrationAsync(AppFixture app, Action<Dictionary<string, object?>>? change = null) =>
        app.Api.PutAsync($"integrations/{Integration}", Body(change));

    public Dictionary<string, object?> Body(Action<Dictionary<string, object?>>? change = null)
    {
        var body = new Dictionary<string, object?>
        {
            ["name"] = "Platform usage",
            ["match"] = new[] { new { by = "crmId", column = "customer_id" } },
            ["products"] = new[] { Mapping() },
        };
        change?.Invoke(body);
        return body;
    }

    public object Mapping(string? dateColumn = null) => new
    {
        product = Product,
        dateColumn,
        dimensions = new[]
        {
            new { column = "mau", dimension = "monthly_active_users" },
            new { column = "api_calls", dimension = "api_request_count" },
            new { column = "plan_type", dimension = "subscription_plan" },
            new { column = "is_active", dimension = "active_status" },
        },
    };
}
