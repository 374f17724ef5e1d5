using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi.Configuration;

[Collection(SharedApp.Name)]
public sealed class ProductTests(AppFixture app)
{
    private HttpClient Http => app.Api.Http;

    [Fact]
    public async Task Product_is_made_once_changed_and_deleted()
    {
        var path = $"products/{app.Unique("made")}";
        var made = (await PutAsync(path, """{"name":"Made","snapshotPeriod":"monthly"}""")).Is(201);
        Assert.EndsWith($"/api/{path}", made.Headers.Location!.ToString());
        var again = (await PutAsync(path, """{"name":"Made","snapshotPeriod":"monthly"}""")).Is(200);
        Assert.Equal(made.Tag, again.Tag);
        var changed = (await PutAsync(path, """{"name":"Made","snapshotPeriod":null}""")).Is(200);
        Assert.NotEqual(made.Tag, changed.Tag);
        Assert.Equal(changed.Tag, (await GetAsync(path)).Is(200).Tag);
        (await ApiCall.SendAsync(Http, "DELETE", path)).Is(204);
        (await GetAsync(path)).Is(404);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var answer = (await PutAsync("products/Bad?x=1", """{"name":5,"snapshotPeriod":"hourly","colour":"red"}""")).Is(400);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(
            ["invalid-id product", "invalid-value snapshotPeriod", "unknown-member colour", "unknown-parameter x", "wrong-type name"],
            answer.Errors);
    }

    [Fact]
    public async Task Nearly_equal_dimension_name_is_warned_of()
    {
        var product = app.Unique("near");
        (await PutAsync($"products/{product}", """{"name":"Near"}""")).Is(201);
        Assert.Empty((await PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}"""))
            .Is(201).Json.GetProperty("warnings").EnumerateArray());
        var warned = (await PutAsync($"products/{product}/dimensions/mau2", """{"name":"mau ","dataType":"numeric","aggregate":"sum"}"""))
            .Is(201);
        Assert.Equal("near-duplicate-name",
            Assert.Single(warned.Json.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
        (await PutAsync($"products/{product}/dimensions/plan", """{"name":"Plan","dataType":"text","aggregate":"sum"}""")).Is(400);
        (await ApiCall.SendAsync(Http, "DELETE", $"products/{product}/dimensions/mau2")).Is(204);
    }

    [Fact]
    public async Task Concurrent_dimensions_are_all_kept()
    {
        var product = app.Unique("crowd");
        (await PutAsync($"products/{product}", """{"name":"Crowd"}""")).Is(201);
        var all = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(
                i => PutAsync($"products/{product}/dimensions/d{i}", $$"""{"name":"Metric {{i}}","dataType":"numeric"}""")));
        Assert.All(all, answer => answer.Is(201));
        Assert.Equal(6, (await GetAsync($"products/{product}")).Json.GetProperty("dimensions").GetArrayLength());
    }

    [Fact]
    public async Task Date_of_a_file_and_of_a_cell_is_told_with_its_reason()
    {
        var product = app.Unique("dated");
        (await PutAsync($"products/{product}", """{"name":"Dated","snapshotPeriod":"monthly"}""")).Is(201);
        var file = (await GetAsync($"products/{product}/snapshot-date?arrivedAt=2026-11-22T10:00:00Z")).Is(200).Json;
        Assert.Equal("2026-10-01", file.GetProperty("date").GetString());
        Assert.Equal("monthly: the first of the month before 2026-11-22 (arrival, UTC)", file.GetProperty("why").GetString());
        Assert.Equal("2024-10-01",
            (await GetAsync($"products/{product}/snapshot-date?value=2024-10-15")).Is(200).Json.GetProperty("date").GetString());
        Assert.Equal(["date-order-undecided value"], (await GetAsync($"products/{product}/snapshot-date?value=03/04/2024")).Is(400).Errors);
    }

    private Task<ApiCall> PutAsync(string path, string body) => ApiCall.SendAsync(Http, "PUT", path, body);

    private Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(Http, "GET", path);
}
