using System.Net;
using System.Text;
using Functions.Worker.Tests.App;

namespace Functions.Worker.Tests.Http;

public sealed class InvocationTests(HttpApp app)
{
    [Fact]
    public async Task Middleware_wraps_in_the_order_of_registration()
    {
        var answer = await app.Client.GetAsync("api/plain");
        Assert.Equal(["outer,inner", "inner-after", "outer-after"], answer.Headers.GetValues("x-order"));
    }

    [Fact]
    public async Task Middleware_may_replace_the_result() => Assert.Equal("replaced", await app.Client.GetStringAsync("api/replaced"));

    [Fact]
    public async Task Invocation_has_the_scope_of_its_request() => Assert.Equal("one scope", await app.Client.GetStringAsync("api/scope"));

    [Fact]
    public async Task Result_that_is_no_http_result_is_not_sent()
    {
        var answer = await app.Client.GetAsync("api/nothing");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Exception_is_an_empty_500_and_a_line_in_the_log()
    {
        var answer = await app.Client.GetAsync("api/throw");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        Assert.DoesNotContain("x-order", answer.Headers.Select(h => h.Key));
        await Eventually.TrueAsync(() => app.Process.Output.Contains("Executed 'Functions.Throw' (Failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exception_after_the_answer_began_breaks_the_connection() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => app.Client.GetStringAsync("api/throwlate"));

    [Fact]
    public async Task Body_is_read_as_json()
    {
        var answer = await Post("api/body", """{"product":"pears","count":3}""", "application/json");
        Assert.Equal("3 of pears, application/json; charset=utf-8", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"product":"pears","count":"many"}""", "application/json")]
    [InlineData("""{"product":""", "application/json")]
    [InlineData("""{"product":"pears","count":3}""", "text/plain")]
    public async Task Body_that_is_no_such_json_fails_the_invocation_without_details(string body, string type)
    {
        var answer = await Post("api/body", body, type);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Body_over_the_limit_is_413()
    {
        Assert.Equal("1999999", await (await Post("api/upload", new string('x', 1_999_999), "text/plain")).Content.ReadAsStringAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/upload") { Content = new StringContent(new string('x', 2_000_001)) };
        request.Headers.ExpectContinue = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await app.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Status_says_running() => Assert.Equal("""{"state":"Running"}""", await app.Client.GetStringAsync("admin/host/status"));

    [Fact]
    public async Task Loopback_asks_for_no_key() => Assert.Equal("GET", await app.Client.GetStringAsync("api/admin"));

    private Task<HttpResponseMessage> Post(string path, string body, string type) =>
        app.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, type));
}
