using Usage.Core.Ids;
using Usage.Functions.Tests.Http;
using Usage.Storage.Integrations;

namespace Usage.Functions.Tests.Integrations;

[Collection(ApiTestGroup.Name)]
public sealed class IntegrationTests(ApiHost api)
{
    private const string Plan = """{"column":"plan","dimension":"plan","create":{"name":"Plan","dataType":"text"}}""";

    [Fact]
    public async Task Each_change_is_a_version_and_no_change_is_none()
    {
        var (product, path) = await ProductAsync("versioned");
        Assert.Equal(1, Version((await api.PutAsync(path, Body(product))).Is(201)));
        Assert.Equal(1, Version((await api.PutAsync(path, Body(product))).Is(200)));
        Assert.Equal(2, Version((await api.PutAsync(path, Body(product, name: "Renamed"))).Is(200)));
        (await api.PutAsync(path, Body(product, name: ""))).Is(400);
        (await api.PutAsync(path, Body(product, name: "Late"), ("If-Match", "\"other\""))).Is(412);
        (await api.PutAsync(path, Body("no-such-product"))).Is(409);
        Assert.Equal(["Renamed", "Usage"], await NamesAsync(path));
        (await api.DeleteAsync(path)).Is(204);
        (await api.GetAsync($"{path}/versions")).Is(404);
        Assert.Equal(3, Version((await api.PutAsync(path, Body(product))).Is(201)));
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_and_is_no_change()
    {
        var (product, path) = await ProductAsync("back");
        (await api.PutAsync(path, Body(product))).Is(201);
        var read = (await api.GetAsync(path)).Is(200);
        Assert.Equal(1, Version((await api.PutAsync(path, read.Text, ("If-Match", read.Tag))).Is(200)));
    }

    [Fact]
    public async Task Of_many_who_change_it_at_once_each_makes_a_version()
    {
        var (product, path) = await ProductAsync("crowd");
        (await api.PutAsync(path, Body(product))).Is(201);
        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => api.PutAsync(path, Body(product, name: $"Name {i}"))));
        Assert.Equal([2, 3, 4, 5, 6], all.Select(answer => Version(answer.Is(200))).Order());
        Assert.Equal(6, (await NamesAsync(path)).Count);
    }

    [Fact]
    public async Task Missing_dimension_is_made_when_asked_for()
    {
        var (product, path) = await ProductAsync("creating");
        (await api.PutAsync(path, Body(product, dimension: Plan))).Is(201);
        Assert.Equal(["mau numeric", "plan text"], await DimensionsAsync(product));
    }

    [Theory]
    [InlineData("", "crmId", 400)]
    [InlineData("Usage", "crmId", 409)]
    [InlineData("Usage", "nobody", 400)]
    public async Task Refused_integration_makes_no_dimension(string name, string by, int status)
    {
        var (product, path) = await ProductAsync("refused");
        var nowhere = """,{"column":"x","dimension":"nowhere"}""";
        var body = Body(product, name, Plan + (status == 409 ? nowhere : "")).Replace("crmId", by, StringComparison.Ordinal);
        (await api.PutAsync(path, body)).Is(status);
        (await api.PutAsync($"{path}?validate=true", Body(product, dimension: Plan))).Is(200);
        Assert.Equal(["mau numeric"], await DimensionsAsync(product));
        Assert.Null(await api.Get<IntegrationStore>().GetAsync(new IntegrationId(product), default));
    }

    [Fact]
    public async Task What_does_not_exist_cant_be_mapped_and_what_is_mapped_cant_be_deleted()
    {
        var (product, path) = await ProductAsync("mapped");
        Assert.Equal(["unknown-dimension products[0].dimensions[0].dimension"],
            (await api.PutAsync(path, Body(product, dimension: """{"column":"mau","dimension":"nowhere"}"""))).Is(409).Errors);
        Assert.Equal(["unknown-product products[0].product"], (await api.PutAsync(path, Body("no-such-product"))).Is(409).Errors);
        (await api.PutAsync(path, Body(product))).Is(201);
        Assert.Equal(["in-use product"], (await api.DeleteAsync($"products/{product}")).Is(409).Errors);
        Assert.Equal(["in-use dimension"], (await api.DeleteAsync($"products/{product}/dimensions/mau")).Is(409).Errors);
        Assert.Equal(["period-locked snapshotPeriod"], (await api.PutAsync($"products/{product}", """{"name":"None"}""")).Is(409).Errors);
    }

    [Fact]
    public async Task Product_without_a_period_cant_be_mapped()
    {
        var product = api.Unique("timeless");
        (await api.PutAsync($"products/{product}", """{"name":"Timeless"}""")).Is(201);
        (await api.PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        var refused = (await api.PutAsync($"integrations/{product}", Body(product))).Is(409);
        Assert.Contains($"PUT /api/products/{product}", refused.Json.GetProperty("detail").GetString());
    }

    private static int Version(ApiAnswer answer) => answer.Json.GetProperty("version").GetInt32();

    private static string Body(string product, string name = "Usage", string dimension = """{"column":"mau","dimension":"mau"}""") => $$"""
        {"name":"{{name}}","match":[{"by":"crmId","column":"customer_id"}],
         "products":[{"product":"{{product}}","dimensions":[{{dimension}}]}]}
        """;

    private async Task<(string Product, string Path)> ProductAsync(string name)
    {
        var product = api.Unique(name);
        (await api.PutAsync($"products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""")).Is(201);
        (await api.PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        return (product, $"integrations/{product}");
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string path) =>
        [.. (await api.GetAsync($"{path}/versions")).Is(200).Json.GetProperty("items").EnumerateArray()
            .Select(version => version.GetProperty("name").GetString()!)];

    private async Task<IEnumerable<string>> DimensionsAsync(string product) =>
        (await api.GetAsync($"products/{product}")).Is(200).Json.GetProperty("dimensions").EnumerateArray()
            .Select(dimension => $"{dimension.GetProperty("id")} {dimension.GetProperty("dataType")}");
}
