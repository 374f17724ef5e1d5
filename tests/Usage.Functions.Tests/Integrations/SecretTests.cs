using Usage.Functions.Tests.Http;

namespace Usage.Functions.Tests.Integrations;

/// <summary>An integration names its secrets; it never holds one, so that none comes back.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class SecretTests(ApiHost api)
{
    [Fact]
    public async Task Reference_to_a_secret_comes_back_as_it_was_written()
    {
        var path = await SetUpAsync();
        var body = Body(path, ApiHost.SecretHost, "@secret:EXPORT", "@secret:HOOK");
        (await api.PutAsync(path, body)).Is(201);
        var read = (await api.GetAsync(path)).Is(200).Json;
        Assert.Equal("@secret:EXPORT", read.GetProperty("source").GetProperty("headers").GetProperty("Authorization").GetString());
        Assert.Equal("@secret:HOOK", read.GetProperty("notify").GetProperty("secret").GetString());
    }

    [Theory]
    [InlineData("Bearer 5ecret-0f-ours", "@secret:HOOK", "plain-secret source.headers.Authorization")]
    [InlineData("@secret:EXPORT", "5ecret-0f-ours", "plain-secret notify.secret")]
    [InlineData("@secret:EXPORT", "@secret:HOOK 5ecret-0f-ours", "invalid notify.secret")]
    public async Task Secret_itself_is_refused_and_not_shown(string header, string hook, string error)
    {
        var path = await SetUpAsync();
        var refused = (await api.PutAsync(path, Body(path, ApiHost.SecretHost, header, hook))).Is(400);
        Assert.Equal([error], refused.Errors);
        Assert.DoesNotContain("5ecret", refused.Text, StringComparison.Ordinal);
        (await api.GetAsync(path)).Is(404);
    }

    [Fact]
    public async Task Secret_goes_only_where_it_may()
    {
        var path = await SetUpAsync();
        Assert.Equal(["secret-not-for-host notify.secret", "secret-not-for-host source.headers.Authorization"],
            (await api.PutAsync(path, Body(path, "elsewhere.example.com", "@secret:EXPORT", "@secret:HOOK"))).Is(409).Errors);
        (await api.GetAsync(path)).Is(404);
    }

    private static string Body(string path, string host, string header, string hook) => $$"""
        {"name":"Usage","match":[{"by":"crmId","column":"id"}],
         "products":[{"product":"{{path.Split('/')[1]}}","dimensions":[{"column":"mau","dimension":"mau"}]}],
         "source":{"url":"https://{{host}}/usage.csv","headers":{"Authorization":"{{header}}"},"schedule":"0 0 2 * * *"},
         "notify":{"url":"https://{{host}}/hook","secret":"{{hook}}"} }
        """;

    private async Task<string> SetUpAsync()
    {
        var product = api.Unique("secret");
        (await api.PutAsync($"products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""")).Is(201);
        (await api.PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        return $"integrations/{product}";
    }
}
