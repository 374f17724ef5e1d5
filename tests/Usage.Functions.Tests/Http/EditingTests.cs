using System.Globalization;

namespace Usage.Functions.Tests.Http;

/// <summary>What can be edited, each kind by the same rules: a tag for what was read, and 412 for whoever is late.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class EditingTests(ApiHost api)
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "products/{0}", """{"name":"NAME","snapshotPeriod":"monthly"}""" },
        { "products/{1}/dimensions/spare", """{"name":"NAME","dataType":"text"}""" },
        { "integrations/{0}", """
            {"name":"NAME","match":[{"by":"crmId","column":"id"}],
             "products":[{"product":"PRODUCT","dimensions":[{"column":"mau","dimension":"mau"}]}]}
            """ },
        { "accounts/{0}", """{"name":"NAME"}""" },
        { "segments/{0}", """{"name":"NAME","all":[{"product":"PRODUCT","dimension":"mau","op":"exists"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Late_editor_gets_412_and_changes_nothing(string template, string body)
    {
        var (product, path) = await SetUpAsync(template);
        (await PutAsync("Zero", ("If-Match", "\"0\""))).Is(412);
        var first = (await PutAsync("One", ("If-None-Match", "*"))).Is(201).Tag;
        (await PutAsync("Two", ("If-None-Match", "*"))).Is(412);
        Assert.Equal(first, (await PutAsync("One")).Is(200).Tag);
        var second = (await PutAsync("Two", ("If-Match", $"\"other\", {first}"))).Is(200).Tag;
        Assert.NotEqual(first, second);

        (await PutAsync("Three", ("If-Match", first))).Is(412);
        (await api.DeleteAsync(path, ("If-Match", first))).Is(412);
        if (!template.Contains("dimensions", StringComparison.Ordinal))
        {
            var read = (await api.GetAsync(path)).Is(200);
            Assert.Equal((second, "Two"), (read.Tag, read.Json.GetProperty("name").GetString()));
        }

        (await api.DeleteAsync(path, ("If-Match", second))).Is(204);
        (await api.DeleteAsync(path)).Is(404);
        (await api.DeleteAsync(path, ("If-Match", "*"))).Is(412);

        Task<ApiAnswer> PutAsync(string name, params (string, string)[] headers) => api.PutAsync(path, Body(body, name, product), headers);
    }

    /// <summary>Who is late and wrong hears what is wrong, which no reading again would mend.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_wrong_is_told_even_to_whoever_is_late(string template, string body)
    {
        var (product, path) = await SetUpAsync(template);
        var made = (await api.PutAsync(path, Body(body, "One", product))).Is(201).Tag;
        Assert.Contains("required name", (await api.PutAsync(path, Body(body, "", product), ("If-Match", "\"0\""))).Is(400).Errors);
        Assert.Contains("unknown-member name2",
            (await api.PutAsync(path, Body(body, "Two\",\"name2\":\"", product), ("If-Match", "\"0\""))).Is(400).Errors);
        Assert.Equal(made, (await api.PutAsync(path, Body(body, "One", product), ("If-Match", made))).Is(200).Tag);
    }

    private async Task<(string Product, string Path)> SetUpAsync(string template)
    {
        var product = api.Unique("edited");
        (await api.PutAsync($"products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""")).Is(201);
        (await api.PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        return (product, string.Format(CultureInfo.InvariantCulture, template, api.Unique("editing"), product));
    }

    private static string Body(string body, string name, string product) =>
        body.Replace("NAME", name, StringComparison.Ordinal).Replace("PRODUCT", product, StringComparison.Ordinal);
}
