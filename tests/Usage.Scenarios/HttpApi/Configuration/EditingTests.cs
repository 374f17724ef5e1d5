using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi.Configuration;

/// <summary>What can be edited, each kind by the same rules: a tag for what was read, and 412 for whoever is late.</summary>
[Collection(SharedApp.Name)]
public sealed class EditingTests(AppFixture app)
{
    private HttpClient Http => app.Api.Http;

    public static TheoryData<string, string> Kinds => new()
    {
        { "products/{0}", """{"name":"NAME","snapshotPeriod":"monthly"}""" },
        { "products/{1}/dimensions/spare", """{"name":"NAME","dataType":"text"}""" },
        { "integrations/{0}",
            """{"name":"NAME","match":[{"by":"crmId","column":"id"}],"products":[{"product":"PRODUCT","dimensions":[{"column":"mau","dimension":"mau"}]}]}""" },
        { "accounts/{0}", """{"name":"NAME"}""" },
        { "segments/{0}", """{"name":"NAME","all":[{"product":"PRODUCT","dimension":"mau","op":"exists"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Late_editor_gets_412_and_changes_nothing(string template, string body)
    {
        var product = app.Unique("edited");
        (await ApiCall.SendAsync(Http, "PUT", $"products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""")).Is(201);
        (await ApiCall.SendAsync(Http, "PUT", $"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, template, app.Unique("editing"), product);

        (await SendAsync("PUT", "Zero", ("If-Match", "\"0\""))).Is(412);
        var first = (await SendAsync("PUT", "One", ("If-None-Match", "*"))).Is(201).Tag;
        (await SendAsync("PUT", "Two", ("If-None-Match", "*"))).Is(412);
        Assert.Equal(first, (await SendAsync("PUT", "One")).Is(200).Tag);
        var second = (await SendAsync("PUT", "Two", ("If-Match", $"\"other\", {first}"))).Is(200).Tag;
        Assert.NotEqual(first, second);

        (await SendAsync("PUT", "Three", ("If-Match", first))).Is(412);
        (await ApiCall.SendAsync(Http, "DELETE", path, headers: ("If-Match", first))).Is(412);
        if (!template.Contains("dimensions", StringComparison.Ordinal))
        {
            var read = (await ApiCall.SendAsync(Http, "GET", path)).Is(200);
            Assert.Equal((second, "Two"), (read.Tag, read.Json.GetProperty("name").GetString()));
        }

        (await ApiCall.SendAsync(Http, "DELETE", path, headers: ("If-Match", second))).Is(204);
        (await ApiCall.SendAsync(Http, "DELETE", path)).Is(404);
        (await ApiCall.SendAsync(Http, "DELETE", path, headers: ("If-Match", "*"))).Is(412);

        Task<ApiCall> SendAsync(string method, string name, params (string, string)[] headers) =>
            ApiCall.SendAsync(Http, method, path, body.Replace("NAME", name, StringComparison.Ordinal)
                .Replace("PRODUCT", product, StringComparison.Ordinal), headers: headers);
    }
}
