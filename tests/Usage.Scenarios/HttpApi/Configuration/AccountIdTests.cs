using System.Text;
using System.Text.Json;
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
    public async Task Import_refuses_what_no_address_can_name()
    {
        var answer = (await ApiCall.SendAsync(
            app.Api.Http, "POST", "accounts/import", "account_id,name\n.,Dot\n..,Dots\n...,Three\n", "text/csv")).Is(200).Json;
        Assert.Equal(
            [
                "1 invalid-id row 1, column \"account_id\": found \".\", expected 1 to 128 characters, none of / \\ # ? nor control "
                    + "characters, and neither . nor ..",
                "2 invalid-id row 2, column \"account_id\": found \"..\", expected 1 to 128 characters, none of / \\ # ? nor control "
                    + "characters, and neither . nor ..",
            ],
            answer.GetProperty("rejected").EnumerateArray().Select(row =>
                $"{row.GetProperty("row")} {row.GetProperty("code").GetString()} {row.GetProperty("message").GetString()}"));
        (await ApiCall.SendAsync(app.Api.Http, "GET", "accounts/...")).Is(200);
    }

    [Fact]
    public async Task Length_is_1_to_128()
    {
        var prefix = app.Unique("long");
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"accounts/{prefix.PadRight(128, 'x')}", """{"name":"N"}""")).Is(201);
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"accounts/{prefix.PadRight(129, 'x')}", """{"name":"N"}""")).Is(400);
    }

    [Fact]
    public async Task Import_of_bytes_that_are_no_utf_8_is_refused_and_not_guessed()
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes("account_id,name\na,Aachen\nm,Müller\n"));
        using var answer = await app.Api.Http.PostAsync("accounts/import", content);
        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.Equal("line 3: found bytes that are not UTF-8, expected UTF-8; save the file as \"CSV UTF-8\"",
            problem.GetProperty("errors")[0].GetProperty("message").GetString());
    }
}
