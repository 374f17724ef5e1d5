using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>
/// A product with three kinds of dimensions, four accounts, the last without usage, and one file of two months; its product's id is the
/// integration's too.
/// </summary>
internal sealed record UsageSet(string Product, string Run)
{
    public string Account(int number) => $"{Product}-a{number}";

    public static async Task<UsageSet> MakeAsync(AppFixture app)
    {
        var product = app.Unique("usage");
        var set = new UsageSet(product, "");
        await PutAsync($"products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""");
        await PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""");
        await PutAsync($"products/{product}/dimensions/plan", """{"name":"Plan","dataType":"text"}""");
        await PutAsync($"products/{product}/dimensions/active", """{"name":"Active","dataType":"boolean"}""");
        for (var i = 0; i < 4; i++)
            await PutAsync($"accounts/{set.Account(i)}", $$"""{"name":"Account {{i}}","crmId":"{{product}}-{{i}}"}""");
        await PutAsync($"integrations/{product}", $$"""
            {"name":"Usage","match":[{"by":"crmId","column":"id"}],"allowMultipleRowsPerCustomer":true,
             "products":[{"product":"{{product}}","dateColumn":"day",
              "dimensions":[{"column":"mau","dimension":"mau"},{"column":"plan","dimension":"plan"},
                            {"column":"active","dimension":"active"}]}]}
            """);
        string[] rows =
        [
            "0,2024-01-15,100,Starter,true", "1,2024-01-15,100,Starter,true", "2,2024-01-15,25,Pro,false",
            "0,2024-02-15,150,=Enterprise,true", "1,2024-02-15,50,Pro,false", "2,2024-02-15,25,Starter,true", "9,2024-02-15,1,x,true",
        ];
        var csv = $"id,day,mau,plan,active\n{string.Concat(rows.Select(row => $"{product}-{row}\n"))}";
        var run = await app.Api.ImportAsync(product, "usage.csv", csv);
        Assert.Equal("partiallySucceeded", run.GetProperty("status").GetString());
        return set with { Run = run.GetProperty("id").GetString()! };

        async Task PutAsync(string path, string body) => (await ApiCall.SendAsync(app.Api.Http, "PUT", path, body)).Is(201);
    }
}
