using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>
/// All that is wrong with a request is told at once: its address, its shape, what the rules say of the rest, what contradicts what is
/// there.
/// </summary>
[Collection(SharedApp.Name)]
public sealed class ProblemTests(AppFixture app)
{
    [Fact]
    public async Task Product() => Assert.Equal(
        ["invalid-value snapshotPeriod", "required name", "unknown-member colour"],
        await ErrorsAsync("PUT", "products/p", """{"name":" ","snapshotPeriod":"hourly","colour":"red"}"""));

    [Fact]
    public async Task Dimension() => Assert.Equal(
        ["aggregate-unfit aggregate", "invalid-id dimension", "unknown-member unit", "wrong-type name"],
        await ErrorsAsync("PUT", "products/none/dimensions/A", """{"name":1,"dataType":"text","aggregate":"sum","unit":"x"}"""));

    [Fact]
    public async Task Account() => Assert.Equal(
        ["free-mail-domain domains[0]", "required name", "unknown-member x", "wrong-type aliases[0]"],
        await ErrorsAsync("PUT", "accounts/a", """{"name":"","domains":["gmail.com"],"aliases":[null],"x":1}"""));

    [Fact]
    public async Task Integration() => Assert.Equal(
        [
            "invalid-value onError.mode", "missing-member match[0].by", "out-of-range onError.maxErrors", "required name",
            "reserved-column products[0].dimensions[0].column",
            "unknown-product products[0].product",
        ],
        await ErrorsAsync("PUT", "integrations/i", """
            {"name":"","match":[{"column":"id"}],"onError":{"mode":"never","maxErrors":-1},
             "products":[{"product":"no-such-product","dimensions":[{"column":"_row","dimension":"mau"}]}]}
            """));

    [Fact]
    public async Task Segment() => Assert.Equal(
        ["invalid-value all[0].op", "required all[1].value", "required name", "unknown-product all[0].product",
            "unknown-product all[1].product"],
        await ErrorsAsync("PUT", "segments/s", """
            {"name":"","all":[{"product":"no-such-product","dimension":"mau","op":"like","value":1},
                              {"product":"no-such-product","dimension":"mau","op":"eq"}]}
            """));

    [Fact]
    public async Task Test_run() => Assert.Equal(
        ["invalid-value blob", "required integration.match", "required integration.name", "required integration.products",
            "unknown-member integration.colour", "unknown-member z"],
        await ErrorsAsync("POST", "test-runs", """{"integration":{"name":"","colour":"red"},"blob":"../x.csv","z":1}"""));

    [Fact]
    public async Task Query() => Assert.Equal(
        ["invalid-id integration", "invalid-value after", "invalid-value status", "invalid-value top", "unknown-parameter sort"],
        (await ApiCall.SendAsync(app.Api.Http, "GET", "runs?integration=A&status=Failed&top=0&after=***&sort=asc")).Is(400).Errors);

    [Fact]
    public async Task Precondition_that_fails_is_named()
    {
        var path = $"products/{app.Unique("named")}";
        Assert.Equal(["changed If-Match"],
            (await ApiCall.SendAsync(app.Api.Http, "PUT", path, """{"name":"A"}""", headers: ("If-Match", "*"))).Is(412).Errors);
        (await ApiCall.SendAsync(app.Api.Http, "PUT", path, """{"name":"A"}""", headers: ("If-None-Match", "*"))).Is(201);
        Assert.Equal(["changed If-None-Match"],
            (await ApiCall.SendAsync(app.Api.Http, "PUT", path, """{"name":"A"}""", headers: ("If-None-Match", "*"))).Is(412).Errors);
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync(string method, string path, string body)
    {
        var answer = (await ApiCall.SendAsync(app.Api.Http, method, path, body)).Is(400);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(["title", "status", "detail", "errors"], answer.Json.EnumerateObject().Select(member => member.Name));
        return answer.Errors;
    }
}
