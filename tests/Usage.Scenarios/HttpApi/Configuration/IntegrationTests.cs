using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi.Configuration;

[Collection(SharedApp.Name)]
public sealed class IntegrationTests(AppFixture app)
{
    private HttpClient Http => app.Api.Http;

    [Fact]
    public async Task Each_change_is_a_version_and_no_change_is_none()
    {
        var (product, path) = await ProductAsync("versioned");
        Assert.Equal(1, (await PutAsync(path, Body(product))).Is(201).Json.GetProperty("version").GetInt32());
        Assert.Equal(1, (await PutAsync(path, Body(product))).Is(200).Json.GetProperty("version").GetInt32());
        Assert.Equal(2, (await PutAsync(path, Body(product, name: "Renamed"))).Is(200).Json.GetProperty("version").GetInt32());
        var versions = (await GetAsync($"{path}/versions")).Is(200).Json.GetProperty("items").EnumerateArray()
            .Select(v => v.GetProperty("name").GetString());
        Assert.Equal(["Renamed", "Usage"], versions);
        (await ApiCall.SendAsync(Http, "DELETE", path)).Is(204);
        (await GetAsync($"{path}/versions")).Is(404);
        Assert.Equal(3, (await PutAsync(path, Body(product))).Is(201).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Missing_dimension_is_made_when_asked_for()
    {
        var (product, path) = await ProductAsync("creating");
        var body = Body(product, dimension: """{"column":"plan","dimension":"plan","create":{"name":"Plan","dataType":"text"}}""");
        (await PutAsync(path, body)).Is(201);
        var made = Assert.Single(
            (await GetAsync($"products/{product}")).Json.GetProperty("dimensions").EnumerateArray(),
            d => d.GetProperty("id").GetString() == "plan");
        Assert.Equal("text", made.GetProperty("dataType").GetString());
    }

    [Fact]
    public async Task What_does_not_exist_cant_be_mapped_and_what_is_mapped_cant_be_deleted()
    {
        var (product, path) = await ProductAsync("mapped");
        (await PutAsync(path, Body(product, dimension: """{"column":"mau","dimension":"nowhere"}"""))).Is(409);
        (await PutAsync(path, Body("no-such-product"))).Is(409);
        (await PutAsync(path, Body(product))).Is(201);
        Assert.Equal(["in-use product"], (await ApiCall.SendAsync(Http, "DELETE", $"products/{product}")).Is(409).Errors);
        Assert.Equal(["in-use dimension"], (await ApiCall.SendAsync(Http, "DELETE", $"products/{product}/dimensions/mau")).Is(409).Errors);
        (await PutAsync($"products/{product}", """{"name":"No period"}""")).Is(409);
    }

    [Fact]
    public async Task Product_without_a_period_cant_be_mapped()
    {
        var product = app.Unique("timeless");
        (await PutAsync($"products/{product}", """{"name":"Timeless"}""")).Is(201);
        (await PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        var refused = (await PutAsync($"integrations/{product}", Body(product))).Is(409);
        Assert.Contains($"PUT /api/products/{product}", refused.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Suggestion_can_be_saved_as_it_is()
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
    public async Task Suggestion_for_what_is_no_csv_is_refused_with_what_it_is()
    {
        var refused = (await ApiCall.SendAsync(Http, "POST", "integrations/suggest", "{\"rows\": []}", "text/csv")).Is(422).Json;
        Assert.Equal("not-a-csv", refused.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Contains("JSON", refused.GetProperty("detail").GetString());
    }

    private static string Body(string product, string name = "Usage", string dimension = """{"column":"mau","dimension":"mau"}""") =>
        $$"""{"name":"{{name}}","match":[{"by":"crmId","column":"customer_id"}],"products":[{"product":"{{product}}","dimensions":[{{dimension}}]}]}""";

    private async Task<(string Product, string Path)> ProductAsync(string name)
    {
        var product = app.Unique(name);
        (await PutAsync($"products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""")).Is(201);
        (await PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        return (product, $"integrations/{product}");
    }

    private Task<ApiCall> PutAsync(string path, string body) => ApiCall.SendAsync(Http, "PUT", path, body);

    private Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(Http, "GET", path);
}
