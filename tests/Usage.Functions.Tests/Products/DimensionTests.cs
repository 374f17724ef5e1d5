using Usage.Core.Ids;
using Usage.Core.Values;
using Usage.Functions.Tests.Http;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Tests.Products;

[Collection(ApiTestGroup.Name)]
public sealed class DimensionTests(ApiHost api)
{
    [Fact]
    public async Task Nearly_equal_name_is_warned_of()
    {
        var path = await ProductAsync("near");
        Assert.Empty((await api.PutAsync($"{path}/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201).Warnings);
        var warned = (await api.PutAsync($"{path}/mau2", """{"name":"mau ","dataType":"numeric","aggregate":"sum"}""")).Is(201);
        Assert.Equal(["near-duplicate-name name"], warned.Warnings);
        (await api.PutAsync($"{path}/plan", """{"name":"Plan","dataType":"text","aggregate":"sum"}""")).Is(400);
        (await api.DeleteAsync($"{path}/mau2")).Is(204);
    }

    [Fact]
    public async Task Concurrent_dimensions_are_all_kept()
    {
        var path = await ProductAsync("crowd");
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            i => api.PutAsync($"{path}/d{i}", $$"""{"name":"Metric {{i}}","dataType":"numeric"}""")));
        Assert.All(all, answer => answer.Is(201));
        Assert.Equal(6, (await api.GetAsync(path[..^"/dimensions".Length])).Json.GetProperty("dimensions").GetArrayLength());
    }

    [Fact]
    public async Task Dimension_of_no_product_is_nowhere()
    {
        var path = $"products/{api.Unique("nowhere")}/dimensions/mau";
        (await api.PutAsync(path, """{"name":"MAU","dataType":"numeric"}""")).Is(404);
        Assert.Equal(["required name"], (await api.PutAsync(path, """{"name":"","dataType":"numeric"}""")).Is(400).Errors);
        (await api.DeleteAsync(path)).Is(404);
    }

    [Theory]
    [InlineData(2, 409)]
    [InlineData(0, 200)]
    public async Task Type_is_locked_while_values_are_stored(int accounts, int status)
    {
        var path = await ProductAsync("locked");
        (await api.PutAsync($"{path}/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        await StoreAsync(path, accounts);

        var changed = (await api.PutAsync($"{path}/mau", """{"name":"MAU","dataType":"text"}""")).Is(status);
        if (status == 409) Assert.Equal(["type-locked dataType"], changed.Errors);
        (await api.PutAsync($"{path}/mau", $$"""{"name":"Users","dataType":"{{(status == 409 ? "numeric" : "text")}}"}""")).Is(200);
    }

    [Fact]
    public async Task Deleted_dimension_comes_back_only_as_what_its_stored_values_are()
    {
        var path = await ProductAsync("reborn");
        (await api.PutAsync($"{path}/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        await StoreAsync(path, 1);
        (await api.DeleteAsync($"{path}/mau")).Is(204);
        Assert.Equal(["type-locked dataType"], (await api.PutAsync($"{path}/mau", """{"name":"MAU","dataType":"text"}""")).Is(409).Errors);
        (await api.PutAsync($"{path}/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
    }

    /// <returns>The address of its dimensions.</returns>
    private async Task<string> ProductAsync(string name)
    {
        var path = $"products/{api.Unique(name)}";
        (await api.PutAsync(path, """{"name":"Product","snapshotPeriod":"monthly"}""")).Is(201);
        return $"{path}/dimensions";
    }

    /// <summary>What an import leaves of numbers of so many accounts.</summary>
    private Task StoreAsync(string path, int accounts) => api.Get<ReportPointStore>().WriteAsync(
        new ProductId(path.Split('/')[1]),
        [(new DimensionId("mau"), new ReportPoint { Date = new(2026, 10, 1), Type = DataType.Numeric, Accounts = accounts })], default);
}
