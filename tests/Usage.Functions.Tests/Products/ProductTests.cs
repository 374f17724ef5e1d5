using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Functions.Tests.Http;
using Usage.Storage.Documents;
using Usage.Storage.Products;

namespace Usage.Functions.Tests.Products;

[Collection(ApiTestGroup.Name)]
public sealed class ProductTests(ApiHost api)
{
    [Fact]
    public async Task Product_is_made_once_changed_and_deleted()
    {
        var path = $"products/{api.Unique("made")}";
        var made = (await api.PutAsync(path, """{"name":"Made","snapshotPeriod":"monthly"}""")).Is(201);
        Assert.Equal($"/api/{path}", made.Location);
        var again = (await api.PutAsync(path, """{"name":"Made","snapshotPeriod":"monthly"}""")).Is(200);
        Assert.Equal(made.Tag, again.Tag);
        var changed = (await api.PutAsync(path, """{"name":"Made","snapshotPeriod":null}""")).Is(200);
        Assert.NotEqual(made.Tag, changed.Tag);
        Assert.Equal(changed.Tag, (await api.GetAsync(path)).Is(200).Tag);
        (await api.DeleteAsync(path)).Is(204);
        (await api.GetAsync(path)).Is(404);
    }

    [Fact]
    public async Task What_was_put_already_is_not_written_again()
    {
        var id = new ProductId(api.Unique("same"));
        (await api.PutAsync($"products/{id}", """{"name":"Same"}""")).Is(201);
        var before = await StoredAsync(id);
        (await api.PutAsync($"products/{id}", """{"name":"Same"}""")).Is(200);
        Assert.Equal((before.Version, before.Value.At), ((await StoredAsync(id)).Version, (await StoredAsync(id)).Value.At));
    }

    [Theory]
    [InlineData("""{"name":" "}""", 400)]
    [InlineData("""{"name":"Other","dimensions":[]}""", 409)]
    public async Task Refused_change_leaves_the_product_as_it_was(string body, int status)
    {
        var id = new ProductId(api.Unique("left"));
        (await api.PutAsync($"products/{id}", """{"name":"Left"}""")).Is(201);
        (await api.PutAsync($"products/{id}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        var before = await StoredAsync(id);
        (await api.PutAsync($"products/{id}", body)).Is(status);
        Assert.Equal(before.Version, (await StoredAsync(id)).Version);
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_as_it_is()
    {
        var path = $"products/{api.Unique("back")}";
        (await api.PutAsync(path, """{"name":"Back","snapshotPeriod":"weekly"}""")).Is(201);
        (await api.PutAsync($"{path}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        var read = (await api.GetAsync(path)).Is(200);
        Assert.Equal(read.Tag, (await api.PutAsync(path, read.Text, ("If-Match", read.Tag))).Is(200).Tag);
    }

    [Fact]
    public async Task Product_that_a_segment_asks_for_stays()
    {
        var id = api.Unique("asked");
        (await api.PutAsync($"products/{id}", """{"name":"Asked"}""")).Is(201);
        (await api.PutAsync($"products/{id}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        var segment = $$"""{"name":"S","all":[{"product":"{{id}}","dimension":"mau","op":"exists"}]}""";
        (await api.PutAsync($"segments/{id}", segment)).Is(201);
        Assert.Equal(["in-use product"], (await api.DeleteAsync($"products/{id}")).Is(409).Errors);
        Assert.Equal(["in-use dimension"], (await api.DeleteAsync($"products/{id}/dimensions/mau")).Is(409).Errors);
        (await api.DeleteAsync($"segments/{id}")).Is(204);
        (await api.DeleteAsync($"products/{id}")).Is(204);
    }

    [Fact]
    public async Task Date_of_a_file_and_of_a_cell_is_told_with_its_reason()
    {
        var path = $"products/{api.Unique("dated")}";
        (await api.PutAsync(path, """{"name":"Dated","snapshotPeriod":"monthly"}""")).Is(201);
        var file = (await api.GetAsync($"{path}/snapshot-date?arrivedAt=2026-11-22T10:00:00Z")).Is(200).Json;
        Assert.Equal("2026-10-01", file.GetProperty("date").GetString());
        Assert.Equal("monthly: the first of the month before 2026-11-22 (arrival, UTC)", file.GetProperty("why").GetString());
        Assert.Equal("2024-10-01",
            (await api.GetAsync($"{path}/snapshot-date?value=2024-10-15")).Is(200).Json.GetProperty("date").GetString());
        Assert.Equal(["date-order-undecided value"], (await api.GetAsync($"{path}/snapshot-date?value=03/04/2024")).Is(400).Errors);
    }

    private async Task<Stored<Product>> StoredAsync(ProductId id) => (await api.Get<ProductStore>().GetAsync(id, default))!;
}
