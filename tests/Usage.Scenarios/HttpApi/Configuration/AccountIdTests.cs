using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi.Configuration;

/// <summary>1 to 128 characters, none of <c>/ \ # ?</c> nor control characters, whatever language they are in.</summary>
[Collection(SharedApp.Name)]
public sealed class AccountIdTests(AppFixture app)
{
    [Theory]
    [InlineData("with space")]
    [InlineData("Zoë & Søn")]
    [InlineData("日本")]
    [InlineData("😀")]
    [InlineData("50% off")]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("a+b")]
    [InlineData("'quoted'\"")]
    [InlineData("a:b@c;d=e,f|~")]
    [InlineData("ü")]
    public async Task Any_other_text_names_an_account(string id)
    {
        id = $"{app.Unique("id")} {id}";
        var path = $"accounts/{Uri.EscapeDataString(id)}";
        var made = (await ApiCall.SendAsync(app.Api.Http, "PUT", path, """{"name":"Named"}""")).Is(201);
        Assert.Equal($"/api/{path}", made.Headers.Location!.OriginalString);
        Assert.Equal(id, (await ApiCall.SendAsync(app.Api.Http, "GET", path)).Is(200).Json.GetProperty("id").GetString());
        Assert.Equal([id], (await ApiCall.SendAsync(app.Api.Http, "GET", $"accounts?search={Uri.EscapeDataString(id)}")).Is(200).Ids);
        Assert.Equal(id, (await ApiCall.SendAsync(app.Api.Http, "GET", $"{path}/usage")).Is(200).Json.GetProperty("account")
            .GetProperty("id").GetString());
        (await ApiCall.SendAsync(app.Api.Http, "DELETE", path)).Is(204);
        (await ApiCall.SendAsync(app.Api.Http, "GET", path)).Is(404);
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("a%5Cb")]
    [InlineData("a%23b")]
    [InlineData("a%3Fb")]
    [InlineData("a%0Ab")]
    [InlineData("a%7Fb")]
    [InlineData("a%C2%85b")]
    [InlineData("a%FFb")]
    [InlineData("%ED%A0%80")]
    public async Task These_do_not(string raw)
    {
        Assert.Equal(["invalid-id account"],
            (await ApiCall.SendAsync(app.Api.Http, "PUT", $"accounts/{raw}", """{"name":"N"}""")).Is(400).Errors);
        (await ApiCall.SendAsync(app.Api.Http, "GET", $"accounts/{raw}")).Is(404);
        (await ApiCall.SendAsync(app.Api.Http, "DELETE", $"accounts/{raw}")).Is(404);
    }

    [Fact]
    public async Task Three_dots_lead_nowhere_else_and_are_a_name()
    {
        (await ApiCall.SendAsync(app.Api.Http, "PUT", "accounts/...", """{"name":"Three"}""")).Is(201);
        Assert.Equal(["..."], (await ApiCall.SendAsync(app.Api.Http, "GET", "accounts?search=...")).Is(200).Ids);
        (await ApiCall.SendAsync(app.Api.Http, "GET", "accounts/...")).Is(200);
        (await ApiCall.SendAsync(app.Api.Http, "DELETE", "accounts/...")).Is(204);
    }

    [Fact]
    public async Task Length_is_1_to_128()
    {
        var prefix = app.Unique("long");
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"accounts/{prefix.PadRight(128, 'x')}", """{"name":"N"}""")).Is(201);
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"accounts/{prefix.PadRight(129, 'x')}", """{"name":"N"}""")).Is(400);
    }
}
