using Usage.Functions.Tests.Http;

namespace Usage.Functions.Tests.Reports;

/// <summary>The snapshots of a product's date, as a page or as a file.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class SnapshotListTests(ApiHost api)
{
    [Fact]
    public async Task Product_without_snapshots_is_an_empty_page_and_an_empty_file()
    {
        var path = await ProductAsync("unused");
        Assert.Equal("""{"items":[],"next":null}""", (await api.GetAsync(path)).Is(200).Text);
        var csv = (await api.GetAsync(path, ("Accept", "text/csv"))).Is(200);
        Assert.Equal(("text/csv", "account_id,account_name,date,run,row\r\n"), (csv.MediaType, csv.Text.TrimStart('\uFEFF')));
        (await api.GetAsync($"{path}?after=MHxxfDIwMjQtMDEtMDF8MAphMQ")).Is(400);
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/csv;q=0.9, */*;q=0.1", "text/csv")]
    [InlineData("application/json;q=0.5,TEXT/CSV", "text/csv")]
    [InlineData("application/json, text/csv;q=0.2", "application/json")]
    [InlineData("text/csv;q=0", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html;;q=", "application/json")]
    public async Task Snapshots_come_as_the_caller_likes_them_best(string accept, string type) =>
        Assert.Equal(type, (await api.GetAsync(await ProductAsync("liked"), ("Accept", accept))).Is(200).MediaType);

    private async Task<string> ProductAsync(string name)
    {
        var path = $"products/{api.Unique(name)}";
        (await api.PutAsync(path, """{"name":"Product","snapshotPeriod":"daily"}""")).Is(201);
        return $"{path}/snapshots";
    }
}
