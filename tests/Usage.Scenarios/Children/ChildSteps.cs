using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;

namespace Usage.Scenarios.Children;

/// <summary>What tests of replays and fixes ask of the API, and a file of two accounts and its integration.</summary>
public abstract class ChildSteps(AppFixture app)
{
    // Of the account a, of b with a cell to mend, and of nobody yet.
    private const string Csv =
        "id,day,mau,plan\nNAME-a,2024-01-15,100,Pro\nNAME-b,2024-01-15,N/A,Pro\nX-1,2024-02-15,7,\n";

    private protected const string Rule = """{"rules":[{"column":"mau","found":"N/A","becomes":"5"}]}""";

    private protected AppFixture App => app;

    private protected async Task<(string Name, JsonElement Run)> MakeAsync(
        string mode = "skipCell", string csv = Csv, bool dated = true)
    {
        var name = app.Unique("children");
        await PutAsync($"products/{name}", """{"name":"P","snapshotPeriod":"monthly"}""");
        await PutAsync($"products/{name}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""");
        await PutAsync($"products/{name}/dimensions/plan", """{"name":"Plan","dataType":"text"}""");
        foreach (var account in new[] { "a", "b" })
            await PutAsync($"accounts/{name}-{account}", $$"""{"name":"{{account}}","crmId":"{{name}}-{{account}}"}""");
        await PutAsync($"integrations/{name}", Integration(name, dated, mode));
        return (name, await app.Api.ImportAsync(name, "first.csv", csv.Replace("NAME", name, StringComparison.Ordinal)));
    }

    private protected static string Integration(string name, bool dated = true, string mode = "skipCell") => $$"""
        {"name":"I","match":[{"by":"crmId","column":"id"}],"allowMultipleRowsPerCustomer":true,"onError":{"mode":"{{mode}}"},
         "products":[{"product":"{{name}}","dateColumn":{{(dated ? "\"day\"" : "null")}},
           "dimensions":[{"column":"mau","dimension":"mau"},{"column":"plan","dimension":"plan"}]}]}
        """;

    /// <summary>The values of an account's snapshots, newest first.</summary>
    private protected async Task<string> UsageAsync(string account)
    {
        var products = (await app.Api.GetAsync($"accounts/{account}/usage")).GetProperty("products").EnumerateArray();
        return string.Join(" | ", products.SelectMany(product => product.GetProperty("snapshots").EnumerateArray())
            .Select(snapshot => snapshot.GetProperty("values").EnumerateObject())
            .Select(values => string.Join(' ', values.Select(value => value.Value.GetRawText()))));
    }

    private protected Task<JsonElement> RunAsync(string run) => app.Api.GetAsync($"runs/{run}");

    private protected async Task PutAsync(string path, string body) =>
        await app.Api.PutAsync(path, JsonSerializer.Deserialize<JsonElement>(body));

    private protected Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(app.Api.Http, "GET", path);

    private protected Task<ApiCall> PostAsync(string path, string body) => ApiCall.SendAsync(app.Api.Http, "POST", path, body);

    private protected Task<JsonElement> EndAsync(ApiCall started) => app.Api.EndOfAsync(Text(started.Is(202).Json, "runId"));

    private protected static (int Rows, int Values) Mended(JsonElement run) =>
        (Number(run.GetProperty("mended"), "rows"), Number(run.GetProperty("mended"), "values"));

    private protected static int Rows(JsonElement run, string outcome) => Number(run.GetProperty("rows"), outcome);

    private protected static IEnumerable<string> Texts(JsonElement value, string member) =>
        value.GetProperty(member).EnumerateArray().Select(text => text.GetString()!);

    private protected static int Number(JsonElement value, string member) => value.GetProperty(member).GetInt32();

    private protected static string Id(JsonElement run) => Text(run, "id");

    private protected static string Text(JsonElement value, string member) => value.GetProperty(member).GetString()!;
}
