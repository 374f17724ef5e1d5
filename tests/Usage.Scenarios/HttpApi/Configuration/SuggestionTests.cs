using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi.Configuration;

[Collection(SharedApp.Name)]
public sealed class SuggestionTests(AppFixture app)
{
    private HttpClient Http => app.Api.Http;

    [Fact]
    public async Task What_is_suggested_can_be_saved_as_it_is()
    {
        var (product, path) = await ProductAsync("suggested");
        (await PutAsync($"accounts/{product}", $$"""{"name":"Suggested","crmId":"{{product}}"}""")).Is(201);
        var csv = $"customer_id,mau,plan_type,is_active,day\n{product},500,Enterprise,true,2024-10-15\n";
        var suggestion = (await ApiCall.SendAsync(Http, "POST", $"integrations/suggest?name={product}.csv", csv, "text/csv")).Is(200).Json;
        Assert.Equal(["text", "numeric", "text", "boolean", "date"],
            suggestion.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("type").GetString()));
        Assert.Equal("customer_id", suggestion.GetProperty("integration").GetProperty("match")[0].GetProperty("column").GetString());
        (await PutAsync(path, suggestion.GetProperty("integration").GetRawText())).Is(201);
    }

    [Fact]
    public async Task What_is_no_csv_is_refused_with_what_it_is()
    {
        var refused = (await ApiCall.SendAsync(Http, "POST", "integrations/suggest", "{\"rows\": []}", "text/csv")).Is(422).Json;
        Assert.Equal("not-a-csv", refused.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Contains("JSON", refused.GetProperty("detail").GetString());
    }

    private async Task<(string Product, string Path)> ProductAsync(string name)
    {
        var product = app.Unique(name);
        (await PutAsync($"products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""")).Is(201);
        (await PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        return (product, $"integrations/{product}");
    }

    private Task<ApiCall> PutAsync(string path, string body) => ApiCall.SendAsync(Http, "PUT", path, body);
}
