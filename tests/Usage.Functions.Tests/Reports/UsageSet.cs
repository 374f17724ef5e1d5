using System.Text;
using Usage.Core.Runs;
using Usage.Functions.Tests.Http;
using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Reports;

/// <summary>
/// A product with three kinds of dimensions, four accounts, the last without usage, and an import of two months: 0 has 100 then 150 users
/// and Starter then =Enterprise, 1 has 100 then 50 and Starter then Pro, 2 has 25 twice and Pro then Starter; they are active true, true,
/// false and then true, false, true.
/// </summary>
/// <param name="Product">Its id, which is the integration's too.</param>
internal sealed record UsageSet(ApiCaller Api, string Product)
{
    public string Account(int number) => $"{Product}-a{number}";

    public static async Task<UsageSet> MakeAsync(ImportHost host)
    {
        var set = new UsageSet(new ApiCaller(host.Get<IServiceProvider>()), host.Storage.Unique("usage"));
        await set.PutAsync($"products/{set.Product}", """{"name":"Product","snapshotPeriod":"monthly"}""");
        await set.PutAsync($"products/{set.Product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""");
        await set.PutAsync($"products/{set.Product}/dimensions/plan", """{"name":"Plan","dataType":"text"}""");
        await set.PutAsync($"products/{set.Product}/dimensions/active", """{"name":"Active","dataType":"boolean"}""");
        for (var i = 0; i < 4; i++)
            await set.PutAsync($"accounts/{set.Account(i)}", $$"""{"name":"Account {{i}}","crmId":"{{set.Product}}-{{i}}"}""");
        await set.PutAsync($"integrations/{set.Product}", $$"""
            {"name":"Usage","match":[{"by":"crmId","column":"id"}],"allowMultipleRowsPerCustomer":true,
             "products":[{"product":"{{set.Product}}","dateColumn":"day",
              "dimensions":[{"column":"mau","dimension":"mau"},{"column":"plan","dimension":"plan"},
                            {"column":"active","dimension":"active"}]}]}
            """);
        string[] rows =
        [
            "0,2024-01-15,100,Starter,true", "1,2024-01-15,100,Starter,true", "2,2024-01-15,25,Pro,false",
            "0,2024-02-15,150,=Enterprise,true", "1,2024-02-15,50,Pro,false", "2,2024-02-15,25,Starter,true",
        ];
        var csv = $"id,day,mau,plan,active\n{string.Concat(rows.Select(row => $"{set.Product}-{row}\n"))}";
        var run = await host.ImportAsync(await host.DropBytesAsync(set.Product, Encoding.UTF8.GetBytes(csv), "usage.csv"));
        Assert.Equal(RunStatus.Succeeded, run.Status);
        return set;
    }

    private async Task PutAsync(string path, string body) => (await Api.PutAsync(path, body)).Is(201);
}
