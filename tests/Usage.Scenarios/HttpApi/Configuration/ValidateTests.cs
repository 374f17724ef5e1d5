using Usage.Scenarios.Access;

namespace Usage.Scenarios.HttpApi.Configuration;

/// <summary>An integration that is checked as if it were stored, and isn't.</summary>
[Collection(LockedApp.Name)]
public sealed class ValidateTests(LockedApp app)
{
    [Fact]
    public async Task Integration_is_checked_without_being_stored()
    {
        var name = app.Unique("validated");
        await SendAsync("PUT", $"products/{name}", """{"name":"P","snapshotPeriod":"monthly"}""");
        await SendAsync("PUT", $"products/{name}/dimensions/seats", """{"name":"Seats","dataType":"numeric"}""");
        (await SendAsync("PUT", $"integrations/{name}", Mapping(name, "One", "seats"))).Is(201);
        var before = (await SendAsync("GET", $"integrations/{name}")).Is(200);

        var found = (await SendAsync("PUT", $"integrations/{name}?validate=true", Mapping(name, "Two", "seats"))).Is(200).Json;
        Assert.Equal(("Two", null), (found.GetProperty("name").GetString(), found.GetProperty("by").GetString()));
        (await SendAsync("PUT", $"integrations/{name}-new?validate=true", Mapping(name, "New", "seats"))).Is(200);
        (await SendAsync("PUT", $"integrations/{name}?validate=true", Mapping(
            name, "Two", "fresh", ""","create":{"name":"F","dataType":"numeric"}"""))).Is(200);
        Assert.Equal(
            ["unknown-dimension products[0].dimensions[0].dimension"],
            (await SendAsync("PUT", $"integrations/{name}?validate=true", Mapping(name, "Two", "none"))).Is(409).Errors);
        (await SendAsync("PUT", $"integrations/{name}?validate=perhaps", Mapping(name, "Two", "seats"))).Is(400);

        (await SendAsync("GET", $"integrations/{name}-new")).Is(404);
        Assert.Equal(before.Text, (await SendAsync("GET", $"integrations/{name}")).Text);
        Assert.DoesNotContain("fresh", (await SendAsync("GET", $"products/{name}")).Text, StringComparison.Ordinal);
        var audit = (await SendAsync("GET", $"audit?resource=integrations/{name}")).Is(200).Json.GetProperty("items").EnumerateArray();
        Assert.Equal([201], audit.Where(entry => entry.GetProperty("status").GetInt32() < 300)
            .Select(entry => entry.GetProperty("status").GetInt32()));
    }

    private static string Mapping(string product, string name, string dimension, string more = "") => $$"""
        {"name":"{{name}}","match":[{"by":"crmId","column":"id"}],
         "products":[{"product":"{{product}}","dimensions":[{"column":"seats","dimension":"{{dimension}}"{{more}}}]}]}
        """;

    private Task<ApiCall> SendAsync(string method, string path, string? body = null) =>
        app.SendAsync(LockedApp.AdminKey, method, path, body);
}
